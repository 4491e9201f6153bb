/** Drawing the stochastic maps of a run as a job: it goes on behind the draws that are made already. */
import type { Split } from '#main/document/doc'
import type { Scores } from '#main/evaluation/scores'
import type { Spread } from '#main/evaluation/spread'
import type { JobEngine } from '#main/jobs/engine'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'
import type { Evaluator, SpreadRequest } from './evaluator.ts'

interface SpreadSpec {
  readonly runId: string
  readonly split: Split
  readonly draws: number
}

interface SpreadCursor {
  /** Scores of the draws that are made. */
  readonly scores: readonly Scores[]
}

export type SpreadKind = AskedKind<SpreadSpec, Spread>

export function createSpreadKind({ workspace }: ServiceContext, evaluator: Pick<Evaluator, 'spread'>): SpreadKind {
  return createAskedKind<SpreadSpec, Spread, SpreadCursor>(workspace.jobs, {
    ...{ name: 'spread', resource: 'none', isListedAfter: false },
    whenCancelled: 'Drawing was cancelled. Nothing was changed.',
    taskOf({ spec }) {
      const { runId, split } = spec as unknown as SpreadSpec // written below alone
      return { taskId: `spread-${split}-${runId}`, runId }
    },
    run: ({ runId, split, draws }, cursor, work) =>
      evaluator.spread({ run: workspace.runs.find(runId), split, draws }, cursor?.scores ?? [], work, (scores) =>
        work.save({ scores }, scores.length),
      ),
  })
}

export type MeasureSpread = (request: SpreadRequest) => Promise<Spread>

export function createMeasureSpread(kind: SpreadKind, engine: JobEngine): MeasureSpread {
  return ({ run: { runId, name }, split, draws }) =>
    kind.ask(engine, { title: `draw ${name} ${draws} times on ${split}`, spec: { runId, split, draws } })
}
