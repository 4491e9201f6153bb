/** Starts compute workers as threads, streams the events of their jobs, cancels them, and survives their crashes. */
import { Worker } from 'node:worker_threads'
import { BackendFailure, toError } from '#main/backends/backend-failure'
import { createEventQueue } from './event-queue.ts'
import type { ComputeHost, Job, JobHandle, WorkerEvent, WorkerRequest } from './messages.ts'
import { forkProcess, runInProcess, type StartProcess } from './process-host.ts'

/** Beside this file, as source or built. */
const defaultEntry = new URL(import.meta.url.endsWith('.ts') ? './entry.ts' : './entry.js', import.meta.url)

/**
 * Jobs run side by side, each in a worker of its own, so that reading sentences need not wait for a training run. A
 * worker that has only read is kept for the next job; one that has trained goes, and its memory with it. Backends
 * that may never have been tried on this machine are tried in a process, which Electron starts in its own way.
 */
export function createThreadHost(entry: URL = defaultEntry, startProcess: StartProcess = forkProcess): ComputeHost {
  const workers = new Set<Worker>()
  const processes = new Set<JobHandle>()
  let spare: Worker | null = null
  let isClosing = false

  function takeWorker(): Worker {
    const worker = spare ?? startWorker()
    spare = null
    worker.ref()
    return worker
  }

  function startWorker(): Worker {
    const worker = new Worker(entry)
    workers.add(worker)
    worker.on('error', () => undefined) // who waits for it is told below; an idle one is simply replaced
    worker.once('exit', () => {
      workers.delete(worker)
      if (spare === worker) spare = null
    })
    return worker
  }

  /** What a failed backend holds is lost: such a worker goes too. */
  function release(worker: Worker, { kind }: Job, hasBackend: boolean): void {
    if (isClosing) return // an idle worker keeps no program alive, and its end is being waited for
    if (kind === 'train' || spare || !hasBackend) void worker.terminate()
    else {
      spare = worker
      worker.unref()
    }
  }

  return {
    run(job) {
      if (job.kind === 'probe' || job.kind === 'measure') {
        const handle = runInProcess(startProcess, entry, job, () => processes.delete(handle))
        processes.add(handle)
        return handle
      }
      const worker = takeWorker()
      return follow(worker, job, (hasBackend) => release(worker, job, hasBackend))
    },
    async close() {
      isClosing = true
      for (const { cancel } of processes) cancel()
      // an idle worker keeps no program alive, so that nothing would be left to wait for its end
      for (const worker of workers) worker.ref()
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

/** Hands the job to the worker; `onIdle` is called when the worker is ready for another one, or would be but for its backend. */
function follow(worker: Worker, job: Job, onIdle: (hasBackend: boolean) => void): JobHandle {
  const ask = (request: WorkerRequest): void => worker.postMessage(request)
  let isOver = false
  const cancel = (): void => {
    if (!isOver) ask({ type: 'cancel' })
  }
  const queue = createEventQueue<WorkerEvent>(cancel)

  const onMessage = (event: WorkerEvent): void => {
    if (event.type !== 'done' && event.type !== 'failed') return queue.push(event)
    stopListening()
    onIdle(event.type === 'done' || event.cause !== 'backend')
    queue.end(event.type === 'failed' ? toError(event.message, event.cause) : undefined)
  }
  const onCrash = (reason: string): void => {
    stopListening()
    queue.end(
      new BackendFailure(
        `The compute worker stopped in the middle of its work (${reason}). The next job starts a new one.`,
      ),
    )
  }
  const onError = (error: unknown): void => onCrash(error instanceof Error ? error.message : String(error))
  const onExit = (code: number): void => onCrash(`exit code ${code}`)
  function stopListening(): void {
    isOver = true
    worker.off('message', onMessage).off('error', onError).off('exit', onExit)
  }

  worker.on('message', onMessage).on('error', onError).on('exit', onExit)
  ask({ type: 'start', job })
  return { events: queue, cancel }
}
