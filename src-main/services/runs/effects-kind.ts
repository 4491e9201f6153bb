/** Measuring what early predictions do for the final ones, as a job: the split is predicted anew with each replacement. */
import { AppError } from '#main/core/errors'
import type { Split } from '#main/document/doc'
import { withoutGold } from '#main/document/labelled-sentence'
import { scoreEntities } from '#main/evaluation/entities'
import type { EarlyEffect, EarlyEffects } from '#main/comparison/early-effects'
import { scoreTriples } from '#main/evaluation/match'
import type { JobEngine } from '#main/jobs/engine'
import { earlyInputs, showsEarly } from '#main/runs/early-input'
import { selectionOf, type Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'
import type { EvaluatorWork } from './evaluator.ts'
import type { Predictor } from './predictor.ts'
import { splitSteps } from './run-splits.ts'
import { readSteadily } from './steady-read.ts'

interface EffectsSpec {
  readonly runId: string
  readonly split: Split
}

export type EffectsKind = AskedKind<EffectsSpec, EarlyEffects>

export function createEffectsKind({ workspace }: ServiceContext, predictor: Pick<Predictor, 'open'>): EffectsKind {
  const { corpora, runs } = workspace

  async function measure(run: Run, split: Split, work: EvaluatorWork): Promise<EarlyEffects> {
    refuseWithoutEarly(run)
    const read = () => splitSteps(corpora, run.corpusId, split, run)
    const sentences = await readSteadily(corpora, run.corpusId, read)
    if (sentences.length === 0)
      throw new AppError('invalid-input', `The ${split} split of "${run.data.corpusName}" is empty: import it first.`)
    const inputs = ['predicted', ...earlyInputs] as const
    work.total(inputs.length * sentences.length)
    const selection = selectionOf(run.config.model.tasks)
    const rows: EarlyEffect[] = []
    const session = await predictor.open(run)
    try {
      for (const [at, input] of inputs.entries()) {
        const shown = input === 'gold' ? sentences : sentences.map(withoutGold)
        const predictions = await session.predict(shown, {
          signal: work.signal,
          ...(input !== 'predicted' && { how: { early: input } }),
          progress: (done) => work.progress(at * sentences.length + done, `${input}, ${countOf(done, 'sentence')}`),
        })
        const triples = scoreTriples(sentences, predictions, selection === 'partial' ? 'partial' : 'exact')
        rows.push({ input, triples, entities: scoreEntities(sentences, predictions).all })
      }
    } finally {
      session.close()
    }
    return { sentences: sentences.length, of: selection, rows }
  }

  return createAskedKind<EffectsSpec, EarlyEffects>(workspace.jobs, {
    ...{ name: 'effects', resource: 'none', isListedAfter: false },
    whenCancelled: 'Measuring was cancelled. Nothing was changed.',
    taskOf({ spec }) {
      const { runId, split } = spec as unknown as EffectsSpec // written below alone
      return { taskId: `effects-${split}-${runId}`, runId }
    },
    run: ({ runId, split }, _, work) => measure(runs.find(runId), split, work),
  })
}

export type MeasureEffects = (run: Run, split: Split) => Promise<EarlyEffects>

export function createMeasureEffects(kind: EffectsKind, engine: JobEngine): MeasureEffects {
  return (run, split) => {
    refuseWithoutEarly(run)
    return kind.ask(engine, {
      title: `measure the early predictions of ${run.name} on ${split}`,
      spec: { runId: run.runId, split },
    })
  }
}

/** @throws AppError where a run has no early predictions that its maps are shown. */
function refuseWithoutEarly({ name, config: { model } }: Run): void {
  if (showsEarly(model)) return
  throw new AppError(
    'invalid-input',
    `${name} has no early predictions that its final ones use, so there is nothing to replace. Choose a run of pmei or of another variant with early predictions.`,
  )
}
