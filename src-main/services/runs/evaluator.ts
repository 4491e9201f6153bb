/** Evaluator: what a run's predictions are worth on a split, how much drawing the maps moves them, and thresholds tuned on dev. */
import { AppError } from '#main/core/errors'
import type { Split } from '#main/document/doc'
import { withoutGold, type LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { scoreEntities } from '#main/evaluation/entities'
import { scoreTriples } from '#main/evaluation/match'
import type { Scores } from '#main/evaluation/scores'
import { spreadOfDraws, type Spread } from '#main/evaluation/spread'
import type { ScoringCost, StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { tuneThresholds, type TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { JobWork } from '#main/jobs/job-kind'
import { selectionOf, type Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { createMissingPos } from './missing-pos.ts'
import type { Predictor } from './predictor.ts'
import { splitForRuns } from './run-splits.ts'
import { createStoredEvaluations } from './stored-evaluations.ts'

export interface Evaluator {
  /** What is stored; null where the split has to be scored first. */
  find(run: Run, split: Split): StoredEvaluation | null
  /** Predicts what is not predicted yet, then scores and stores. */
  score(run: Run, split: Split, work: Pick<JobWork, 'signal' | 'total' | 'progress'>): Promise<StoredEvaluation>
  /** What is stored; predicts nothing. Else what scoring would take. */
  look(run: Run, split: Split): { readonly stored: StoredEvaluation | null; readonly cost: ScoringCost }
  /** The scores that select the epoch, over `draws` draws of the stochastic maps; kept beside the evaluation of the split. */
  spread(run: Run, split: Split, draws: number): Promise<Spread>
  /** A threshold per relation type, tuned on the dev split; nothing is stored. */
  tune(run: Run): Promise<TunedThresholds>
}

export function createEvaluator(context: ServiceContext, predictor: Predictor): Evaluator {
  const { workspace, tasks } = context
  const evaluations = createStoredEvaluations(context)
  const missingPos = createMissingPos(context)

  function sentencesOf({ corpusId, data }: Run, split: Split): LabelledSentence[] {
    workspace.corpora.find(corpusId)
    const sentences = splitForRuns(workspace.corpora, corpusId, split)
    if (sentences.length > 0) return sentences
    throw new AppError('invalid-input', `The ${split} split of "${data.corpusName}" is empty: import it first.`)
  }

  async function predictionsOf(
    run: Run,
    sentences: readonly LabelledSentence[],
    progress: (done: number) => void,
  ): Promise<(Prediction | null)[]> {
    await predictor.ensure(run, sentences, progress)
    const ids = sentences.map(({ sentenceId }) => sentenceId)
    const stored = workspace.predictions.of(run.runId, ids)
    return ids.map((sentenceId) => stored.get(sentenceId) ?? null)
  }

  /** Shown as a task; `progress` takes what is done, 0 to 1. */
  async function asTask<Result>(
    { runId }: Run,
    name: string,
    title: string,
    work: (progress: (fraction: number) => void) => Promise<Result>,
  ): Promise<Result> {
    const task = tasks.begin({
      ...{ taskId: `${name}-${runId}`, kind: 'evaluation', title, detail: '' },
      ...{ fraction: 0, secondsLeft: null, runId },
    })
    try {
      const result = await work((fraction) => task.update({ fraction }))
      task.finish('finished')
      return result
    } catch (error) {
      task.finish('failed', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  return {
    look(run, split) {
      const sentences = sentencesOf(run, split)
      return { stored: evaluations.find(run, split, sentences), cost: evaluations.cost(run, sentences) }
    },

    find: (run, split) => evaluations.find(run, split, sentencesOf(run, split)),

    async score(run, split, { signal, total, progress }) {
      const sentences = sentencesOf(run, split)
      const { unpredicted } = evaluations.cost(run, sentences)
      total(unpredicted)
      await predictor.ensure(run, sentences, (done) => progress(done, countOf(done, 'sentence')), signal)
      return evaluations.add(run, split, sentences, unpredicted === sentences.length)
    },

    async spread(run, split, draws) {
      if (run.config.model.map !== 'stochastic')
        throw new AppError('invalid-input', `${run.name} has no stochastic map, so nothing is drawn when it reads.`)
      const selection = selectionOf(run.config.model.tasks)
      const sentences = sentencesOf(run, split)
      const plain = sentences.map(withoutGold)
      return asTask(run, `spread-${split}`, `draw ${run.name} ${draws} times on ${split}`, async (progress) => {
        const scores: Scores[] = []
        await missingPos.tell(run, plain)
        const session = await predictor.open(run)
        try {
          for (let sampleSeed = 1; sampleSeed <= draws; sampleSeed++) {
            const predictions = await session.predict(plain, {
              sampleSeed,
              progress: (done) => progress((sampleSeed - 1 + done / plain.length) / draws),
            })
            scores.push(
              selection === 'entities'
                ? scoreEntities(sentences, predictions).all
                : scoreTriples(sentences, predictions, selection),
            )
          }
        } finally {
          session.close()
        }
        const spread = spreadOfDraws(scores, selection)
        workspace.evaluations.putSpread(run.runId, split, run.bestEpoch ?? run.epoch, spread)
        return spread
      })
    },

    async tune(run) {
      const selection = selectionOf(run.config.model.tasks)
      if (selection === 'entities')
        throw new AppError('invalid-input', `${run.name} finds entities and no relations: it has no threshold to tune.`)
      const dev = sentencesOf(run, 'dev')
      return asTask(run, 'tune', `tune thresholds of ${run.name}`, async (progress) => {
        const predictions = await predictionsOf(run, dev, (done) => progress(done / dev.length))
        return tuneThresholds(
          dev,
          predictions.filter((prediction) => prediction !== null),
          selection,
        )
      })
    },
  }
}
