/** Evaluator: what a run's predictions are worth on a split, how much drawing the maps moves them, and thresholds tuned on dev. */
import { AppError } from '#main/core/errors'
import type { Split } from '#main/document/doc'
import { withoutGold, type LabelledSentence } from '#main/document/labelled-sentence'
import { scoreEntities } from '#main/evaluation/entities'
import { scoreTriples } from '#main/evaluation/match'
import type { Scores } from '#main/evaluation/scores'
import { spreadOfDraws, type Spread } from '#main/evaluation/spread'
import type { ScoringCost, StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { withThresholds } from '#main/document/prediction'
import { tuneThresholds, type TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { JobWork } from '#main/jobs/job-kind'
import { isDrawn } from '#main/runs/families/families'
import { selectionOf, type Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { createMissingPos } from './missing-pos.ts'
import type { Predictor } from './predictor.ts'
import { splitSteps } from './run-splits.ts'
import { createSplitGold } from './split-gold.ts'
import { readSteadily } from './steady-read.ts'
import { createStoredEvaluations, type CountedEvaluation } from './stored-evaluations.ts'

/** How far the work is, for whoever follows it. */
export type EvaluatorWork = Pick<JobWork, 'signal' | 'total' | 'progress'>

export interface SpreadRequest {
  readonly run: Run
  readonly split: Split
  readonly draws: number
}

export type KeepScores = (scores: readonly Scores[]) => void

export interface Evaluator {
  /** Finds the stored evaluation; null where the split has to be scored first. */
  find(run: Run, split: Split): Promise<StoredEvaluation | null>
  /** Predicts what is not predicted yet, then scores and stores. */
  score(run: Run, split: Split, work: EvaluatorWork): Promise<StoredEvaluation>
  /** Finds the stored evaluation without predicting anything, and what scoring would take. */
  look(run: Run, split: Split): Promise<{ readonly stored: StoredEvaluation | null; readonly cost: ScoringCost }>
  /** Counts of the sentences of what `find` answers with; null where there are none. */
  counted(run: Run, split: Split): CountedEvaluation | null
  /**
   * The scores that select the epoch, over `draws` draws of the stochastic maps; kept beside the evaluation of the split.
   * @param former scores of the draws that were made before; `keep` is given those of every further one.
   */
  spread(request: SpreadRequest, former: readonly Scores[], work: EvaluatorWork, keep: KeepScores): Promise<Spread>
  /** A threshold per relation type, tuned on the dev split; nothing is stored. */
  tune(run: Run, work: EvaluatorWork): Promise<TunedThresholds>
}

export function createEvaluator(context: ServiceContext, predictor: Predictor): Evaluator {
  const { workspace } = context
  const goldOf = createSplitGold(context)
  const evaluations = createStoredEvaluations(context, goldOf)
  const missingPos = createMissingPos(context)

  async function sentencesOf(run: Run, split: Split): Promise<readonly LabelledSentence[]> {
    const { corpora } = workspace
    corpora.find(run.corpusId)
    const read = () => splitSteps(corpora, run.corpusId, split, run)
    const sentences = await readSteadily(corpora, run.corpusId, read)
    refuseEmpty(run, split, sentences)
    return sentences
  }

  async function idsOf(run: Run, split: Split): Promise<readonly number[]> {
    workspace.corpora.find(run.corpusId)
    const { sentenceIds } = await goldOf(run.corpusId, split, run)
    refuseEmpty(run, split, sentenceIds)
    return sentenceIds
  }

  return {
    async look(run, split) {
      const cost = evaluations.cost(run, await idsOf(run, split))
      return { stored: await evaluations.find(run, split), cost }
    },

    counted: evaluations.counted,

    async find(run, split) {
      await idsOf(run, split) // refuses an empty split
      return evaluations.find(run, split)
    },

    async score(run, split, { signal, total, progress }) {
      const sentences = await sentencesOf(run, split)
      const ids = sentences.map(({ sentenceId }) => sentenceId)
      const { unpredicted } = evaluations.cost(run, ids)
      total(unpredicted)
      await predictor.ensure(run, sentences, (done) => progress(done, countOf(done, 'sentence')), signal)
      return evaluations.add(run, split, unpredicted === sentences.length)
    },

    async spread({ run, split, draws }, former, { signal, total, progress }, keep) {
      if (!isDrawn(run.config.model))
        throw new AppError('invalid-input', `${run.name} has no stochastic map, so nothing is drawn when it reads.`)
      const selection = selectionOf(run.config.model.tasks)
      const sentences = await sentencesOf(run, split)
      const plain = sentences.map(withoutGold)
      total(draws)
      await missingPos.tell(run, plain)
      const scores = [...former]
      const session = await predictor.open(run)
      try {
        while (scores.length < draws) {
          const drawn = scores.length
          const predictions = await session.predict(plain, {
            ...{ signal, how: { sampleSeed: drawn + 1 } },
            progress: (done) => progress(drawn + done / plain.length, countOf(drawn, 'draw')),
          })
          scores.push(
            selection === 'entities'
              ? scoreEntities(sentences, predictions).all
              : scoreTriples(sentences, predictions, selection),
          )
          keep(scores)
        }
      } finally {
        session.close()
      }
      const spread = spreadOfDraws(scores, selection)
      workspace.evaluations.putSpread(run.runId, split, run.bestEpoch ?? run.epoch, spread)
      return spread
    },

    async tune(run, { signal, total, progress }) {
      const selection = selectionOf(run.config.model.tasks)
      if (selection === 'entities')
        throw new AppError('invalid-input', `${run.name} finds entities and no relations: it has no threshold to tune.`)
      const dev = await sentencesOf(run, 'dev')
      total(dev.length)
      await predictor.ensure(run, dev, (done) => progress(done, countOf(done, 'sentence')), signal)
      const ids = dev.map(({ sentenceId }) => sentenceId)
      const stored = workspace.predictions.of(run.runId, ids)
      // a run that is tuned already is tuned from where it began
      const given = { usual: run.config.training.threshold, byRelation: {} }
      const predictions = ids.flatMap((sentenceId) => {
        const prediction = stored.get(sentenceId)
        return prediction ? [withThresholds(prediction, given)] : []
      })
      return tuneThresholds(dev, predictions, selection)
    },
  }
}

function refuseEmpty({ data }: Run, split: Split, sentences: readonly unknown[]): void {
  if (sentences.length === 0)
    throw new AppError('invalid-input', `The ${split} split of "${data.corpusName}" is empty: import it first.`)
}
