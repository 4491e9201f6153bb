/** RunQueue: trains queued runs one after the other, and records how each of them ended. */
import { AppError, type ErrorCode } from '#main/core/errors'
import { isBackendFailure } from '#main/backends/backend-failure'
import type { ComputeHost } from '#main/compute/messages'
import type { BackendLadder } from '#main/machine/backend-ladder'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { createRunRecord } from './run-record.ts'
import { trainRun } from './train-run.ts'

export interface RunQueue {
  enqueue(runs: readonly Run[]): void
  /** Stops after the present step and keeps the best checkpoint; a queued run is taken out. */
  cancel(runId: string): void
  /** Cancels a run that is queued or running, and resolves when nothing works at it any more. */
  stop(runId: string): Promise<void>
  /** Resolves when nothing is queued or running. */
  idle(): Promise<void>
  /** Interrupts what runs; it can be resumed later. */
  close(): Promise<void>
}

/** The run that is being trained. */
interface Current {
  readonly runId: string
  cancelJob: (() => void) | null
  stop: 'cancelled' | 'interrupted' | null
  /** Resolves when nothing works at the run any more. */
  readonly over: Promise<void>
}

/** Codes of errors after which the run can be resumed once what is wrong was put right. */
const canBeMended: ReadonlySet<ErrorCode> = new Set(['conflict', 'storage'])

export function createRunQueue(context: ServiceContext, compute: ComputeHost, ladder: BackendLadder): RunQueue {
  const { workspace } = context
  const record = createRunRecord(context)
  const waiting: string[] = []
  let current: Current | null = null
  let working: Promise<void> = Promise.resolve()

  async function workAll(): Promise<void> {
    for (let runId = waiting.shift(); runId !== undefined; runId = waiting.shift()) {
      const { promise: over, resolve } = Promise.withResolvers<void>()
      current = { runId, cancelJob: null, stop: null, over }
      await work(current).catch(tellUnsaved)
      current = null
      resolve()
    }
  }

  /** Says that the state of a run could not be written. The next run may still be trained: space may be free by then. */
  function tellUnsaved(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    const message = `The state of a run could not be saved: ${reason} The run can be resumed when Espalier is started again.`
    context.emit({ type: 'notice', message, runId: null })
  }

  async function work(now: Current): Promise<void> {
    const { runId } = now
    const run = record.save(runId, { status: 'running', failure: null })
    const task = context.tasks.begin({
      taskId: `run-${runId}`,
      kind: 'training',
      title: run.name,
      detail: 'starting',
      fraction: null,
      secondsLeft: null,
      runId,
    })
    try {
      const isTrained = await trainRun({ context, compute, ladder, record }, run, task, {
        isStopped: () => now.stop !== null,
        onJob: (cancel) => (now.cancelJob = cancel),
      })
      const status = isTrained ? 'finished' : (now.stop ?? 'interrupted')
      record.save(runId, { status, finishedMs: context.now() })
      task.finish(isTrained ? 'finished' : 'cancelled')
    } catch (error) {
      const failure = await recordFailure(runId, error)
      task.finish('failed', failure)
    }
  }

  /** Records why a run ended: interrupted where it can be finished later, as when card, disk or file are back. */
  async function recordFailure(runId: string, error: unknown): Promise<string> {
    const failure = error instanceof Error ? error.message : String(error)
    const isInterrupted = isBackendFailure(error) || (error instanceof AppError && canBeMended.has(error.code))
    const status = isInterrupted ? 'interrupted' : 'failed'
    // the state within an epoch that went wrong is not worth going on from
    if (status === 'failed') await workspace.checkpoints.drop(runId, 'within')
    record.save(runId, { status, failure, finishedMs: context.now() })
    return failure
  }

  function stopCurrent(stop: 'cancelled' | 'interrupted'): void {
    if (!current) return
    current.stop = stop
    current.cancelJob?.()
  }

  function cancel(runId: string): void {
    const at = waiting.indexOf(runId)
    if (at >= 0) {
      waiting.splice(at, 1)
      record.save(runId, { status: 'cancelled', finishedMs: context.now() })
    } else if (current?.runId === runId) stopCurrent('cancelled')
    else throw new AppError('conflict', 'The run is neither queued nor running, so there is nothing to cancel.')
  }

  return {
    enqueue(runs) {
      waiting.push(...runs.map(({ runId }) => runId))
      if (!current) working = working.then(workAll)
    },
    cancel,
    async stop(runId) {
      cancel(runId)
      if (current?.runId === runId) await current.over
    },
    idle: () => working,
    async close() {
      for (const runId of waiting.splice(0)) record.save(runId, { status: 'interrupted' })
      stopCurrent('interrupted')
      await working
    },
  }
}
