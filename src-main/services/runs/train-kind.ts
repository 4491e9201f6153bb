/** The kind of job that trains a run: its checkpoints are what it goes on from, and the run shows how its job stands. */
import { isBackendFailure } from '#main/backends/backend-failure'
import { AppError, type ErrorCode } from '#main/core/errors'
import type { ComputeHost } from '#main/compute/messages'
import { amongOthers, type JobWork } from '#main/jobs/job-kind'
import { selectionOf, type Run } from '#main/runs/run'
import type { BackendLadder } from '#main/machine/backend-ladder'
import type { ServiceContext } from '../context.ts'
import type { ShownKind } from '../jobs/shown-kind.ts'
import type { Evaluator } from './evaluator.ts'
import { createRunRecord } from './run-record.ts'
import { trainRun } from './train-run.ts'
import { trainSpecOf, type TrainCursor, type TrainSpec } from './training-job.ts'

/** Codes of errors after which training can go on once what is wrong was put right. */
const canBeMended: ReadonlySet<ErrorCode> = new Set(['conflict', 'storage'])

const isPassing = (error: unknown): boolean =>
  isBackendFailure(error) || (error instanceof AppError && canBeMended.has(error.code))

/** How far training is counts its epochs, and tuning is a moment after the last. */
const ignore = (): void => undefined

interface AfterTraining {
  /** Thresholds that are tuned on dev; nothing is stored. */
  readonly tune?: Evaluator['tune']
  /** Is given every run that came to its end. */
  readonly onTrained?: (run: Run) => void
}

export function createTrainKind(
  context: ServiceContext,
  compute: ComputeHost,
  ladder: BackendLadder,
  { tune, onTrained }: AfterTraining = {},
): ShownKind {
  const { workspace, emit } = context
  const record = createRunRecord(context)

  /** A run whose thresholds cannot be tuned is trained all the same. */
  async function tuneIfAsked(runId: string, { signal }: Pick<JobWork, 'signal'>): Promise<void> {
    const run = workspace.runs.find(runId)
    const { training, model } = run.config
    if (!tune || training.tuning !== 'dev' || selectionOf(model.tasks) === 'entities') return
    try {
      record.save(runId, { thresholds: await tune(run, { signal, total: ignore, progress: ignore }) })
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error
      record.tell(run, `Its thresholds were not tuned: ${error.message}`)
    }
  }

  const kind = amongOthers<TrainSpec, TrainCursor>({
    ...{ name: 'train', resource: 'compute', isPassing },

    async run({ runId }, _, work) {
      try {
        const isTrained = await trainRun({ context, compute, ladder, record }, workspace.runs.find(runId), work)
        if (!isTrained && !work.signal.aborted)
          throw new AppError('internal', 'Training ended before its last epoch and did not say why. Resume it.')
        if (!isTrained) return
        await tuneIfAsked(runId, work)
        onTrained?.(workspace.runs.find(runId))
      } catch (error) {
        // the state within an epoch that went wrong is not worth going on from
        if (!work.signal.aborted && !isPassing(error)) await workspace.checkpoints.drop(runId, 'within')
        throw error
      }
    },

    record(job) {
      const { state, failure, endedMs } = job
      const before = workspace.runs.listWithBin().find(({ runId }) => runId === trainSpecOf(job).runId)
      if (!before) return () => undefined // it was erased
      const status = state === 'paused' ? 'interrupted' : state
      const isPause = status === 'interrupted' && failure === null
      const run = { ...before, status, failure, finishedMs: isPause ? null : endedMs }
      workspace.runs.update(run)
      return () => emit({ type: 'run', run })
    },
  })
  return {
    ...kind,
    taskOf(job) {
      const { runId } = trainSpecOf(job)
      return { taskId: `run-${runId}`, runId }
    },
  }
}
