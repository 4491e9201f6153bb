/** Tuning as a job: it predicts what is missing of dev, and writes the thresholds to the run together with its end. */
import type { JobEngine } from '#main/jobs/engine'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'
import type { Evaluator } from './evaluator.ts'

interface TuneSpec {
  readonly runId: string
}

export type TuneKind = AskedKind<TuneSpec, Run>

export function createTuneKind({ workspace, emit }: ServiceContext, evaluator: Pick<Evaluator, 'tune'>): TuneKind {
  return createAskedKind<TuneSpec, Run>(workspace.jobs, {
    ...{ name: 'tune', resource: 'none', isListedAfter: false },
    whenCancelled: 'Tuning was cancelled. The thresholds are as before.',
    taskOf({ spec }) {
      const { runId } = spec as unknown as TuneSpec // written below alone
      return { taskId: `tune-${runId}`, runId }
    },
    async run({ runId }, _, work) {
      const thresholds = await evaluator.tune(workspace.runs.find(runId), work)
      const run: Run = { ...workspace.runs.find(runId), thresholds }
      work.save(null, 0, () => workspace.runs.update(run))
      emit({ type: 'run', run })
      return run
    },
  })
}

export type Tune = (run: Run) => Promise<Run>

export function createTune(kind: TuneKind, engine: JobEngine): Tune {
  return ({ runId, name }) => kind.ask(engine, { title: `tune thresholds of ${name}`, spec: { runId } })
}
