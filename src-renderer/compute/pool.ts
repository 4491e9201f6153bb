/** The compute workers of a page: one per job, started when the job arrives; one finished worker is kept for the next job. */
import { frameOf, jobOf, noJob, toMessage, type PageChannel } from '#main/compute/page-channel'
import { encodeFrame } from '#main/compute/frames'
import type { WorkerEvent } from '#main/compute/messages'

/** Time after which a cancelled job that has not stopped counts as hung. A job stops after its current step, and no step takes this long. */
const longestStopMs = 30_000

/** An event of a job as a frame, and whether the job is over and its worker can be used again. */
export interface FromWorker {
  readonly frame: Uint8Array<ArrayBuffer>
  readonly isOver: boolean
  readonly isReusable: boolean
}

/** Serves the channel until it closes. Messages are passed on without decoding, so that large ones do not block the window. */
export function serveChannel(channel: PageChannel): void {
  const workers = new Map<number, Worker>()
  let spare: Worker | null = null
  let lastJob = noJob

  function startJob(job: number): Worker {
    const worker = spare ?? new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    spare = null
    lastJob = job
    workers.set(job, worker)
    worker.onmessage = ({ data: { frame, isOver, isReusable } }: MessageEvent<FromWorker>) => {
      channel.send(toMessage(job, frame))
      if (isOver) finish(job, isReusable)
    }
    worker.onerror = ({ message }) => fail(job, `The window's worker stopped: ${message}`)
    return worker
  }

  /** Ends a cancelled job that does not stop in time: its driver hangs, for a job stops between two steps. */
  function giveUpOn(job: number): void {
    setTimeout(() => {
      if (workers.has(job)) fail(job, 'The graphics card does not finish the cancelled job.')
    }, longestStopMs)
  }

  function fail(job: number, message: string): void {
    const event: WorkerEvent = { type: 'failed', message, cause: 'backend' }
    channel.send(toMessage(job, encodeFrame(event)))
    finish(job, false)
  }

  function finish(job: number, isReusable: boolean): void {
    const worker = workers.get(job)
    workers.delete(job)
    if (isReusable && !spare) spare = worker ?? null
    else worker?.terminate()
  }

  channel.listen({
    onMessage(message) {
      const job = jobOf(message)
      const frame = frameOf(message).slice()
      const isNew = job > lastJob
      const worker = isNew ? startJob(job) : workers.get(job)
      worker?.postMessage(frame, [frame.buffer])
      // the first message of a job starts it, the only other one cancels it; the job may be over by then
      if (!isNew) giveUpOn(job)
    },
    onClose() {
      for (const worker of [...workers.values(), spare]) worker?.terminate()
      workers.clear()
      spare = null
    },
  })
}
