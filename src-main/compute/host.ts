/**
 * Compute host: starts compute processes, streams the events of their jobs, cancels them, and survives their crashes.
 */
import { entryFile } from '#main/files/entry-file'
import { ProcessFailure, toError } from '#main/backends/backend-failure'
import { createEventQueue } from '#main/core/event-queue'
import { forkProcess, type JobProcess, type JobProcessListener, type StartProcess } from './job-process.ts'
import type { ComputeHost, Job, JobHandle, WorkerEvent } from './messages.ts'

const defaultEntry = entryFile(import.meta.url, '../worker/entry.ts')

let startByDefault: StartProcess = forkProcess

/** For a program whose binary is no Node: hosts that are created from now on start their processes so. */
export function startProcessesBy(start: StartProcess): void {
  startByDefault = start
}

/** How long a process that predicts may take to stop between two batches before it is ended. */
const longestStopMs = 200

/** A compute process, which serves one job at a time. */
interface ComputeWorker {
  readonly process: JobProcess
  readonly exited: Promise<void>
  /** Listener of its present job; messages of an idle process are ignored. */
  listener: JobProcessListener | null
  /** Whether the host ended it. */
  isClosed: boolean
}

export interface ProcessHost extends ComputeHost {
  /** Starts the process of the first prediction, so that it loads while its caller reads what is to be predicted. */
  startAhead(): void
}

/**
 * Jobs run side by side, each in a process of its own: predicting sentences need not wait for a training run, and
 * native code that crashes ends one job, not the program. A process that has only predicted is kept for the next job;
 * one that has trained is ended, which frees its memory.
 */
export function createProcessHost(entry: URL = defaultEntry, startProcess: StartProcess = startByDefault): ProcessHost {
  const workers = new Set<ComputeWorker>()
  let spare: ComputeWorker | null = null

  function startWorker(): ComputeWorker {
    const exit = Promise.withResolvers<void>()
    const process = startProcess(entry, {
      onMessage: (event) => worker.listener?.onMessage(event),
      onExit(reason) {
        workers.delete(worker)
        if (spare === worker) spare = null
        worker.listener?.onExit(reason)
        exit.resolve()
      },
    })
    const worker: ComputeWorker = { process, exited: exit.promise, listener: null, isClosed: false }
    workers.add(worker)
    return worker
  }

  /**
   * Processes for training and for trying a backend are always new: their memory is measured, and what an earlier job
   * left behind is not known.
   */
  function takeWorker(kind: Job['kind']): ComputeWorker {
    if (kind !== 'predict' || !spare) return startWorker()
    const worker = spare
    spare = null
    worker.process.hold(true)
    return worker
  }

  function release(worker: ComputeWorker, isReusable: boolean): void {
    worker.listener = null
    if (!isReusable || spare || worker.isClosed || !workers.has(worker)) return worker.process.kill()
    spare = worker
    worker.process.hold(false)
  }

  return {
    run: (job) => follow(takeWorker(job.kind), job, release),
    startAhead() {
      if (spare) return
      spare = startWorker()
      spare.process.hold(false)
    },
    async close() {
      const ending = [...workers]
      for (const worker of ending) {
        worker.isClosed = true
        worker.process.hold(true) // while one is idle, nothing keeps the program alive to wait for its end
        worker.process.kill()
      }
      await Promise.all(ending.map(({ exited }) => exited))
    },
  }
}

/**
 * Gives the job to the process. `onOver` is called when the process is free, and says whether the next job may have
 * it.
 */
function follow(
  worker: ComputeWorker,
  job: Job,
  onOver: (worker: ComputeWorker, isReusable: boolean) => void,
): JobHandle {
  let isOver = false
  let givingUp: NodeJS.Timeout | undefined
  const queue = createEventQueue<WorkerEvent>(() => cancel())

  function end(error: Error | undefined, isReusable: boolean): void {
    if (isOver) return
    isOver = true
    clearTimeout(givingUp)
    queue.end(error)
    onOver(worker, isReusable)
  }

  function cancel(): void {
    if (isOver) return
    // a backend that is tried for the first time may hang
    if (job.kind === 'probe' || job.kind === 'measure') return end(undefined, false)
    worker.process.post({ type: 'cancel' })
    // one sentence of ten thousand words takes minutes, and a process that only predicts holds nothing to be kept
    if (job.kind === 'predict') givingUp ??= setTimeout(() => end(undefined, false), longestStopMs).unref()
  }

  worker.listener = {
    onMessage(event) {
      if (event.type === 'done') end(undefined, job.kind === 'predict')
      // the state of a failed backend is unknown, so that its process is ended too
      else if (event.type === 'failed')
        end(toError(event.message, event.cause), job.kind === 'predict' && event.cause !== 'backend')
      else queue.push(event)
    },
    onExit: (reason) =>
      end(
        worker.isClosed ? new Error('The work was left when the program closed.') : new ProcessFailure(reason),
        false,
      ),
  }
  worker.process.post({ type: 'start', job })
  return {
    events: queue,
    cancel,
    send(request) {
      if (!isOver) worker.process.post(request)
    },
    hold(isHeld) {
      if (!isOver) worker.process.hold(isHeld)
    },
  }
}
