/** The page's compute workers: one per job, started when a job comes; one that is done is kept for the next. */
import { frameOf, jobOf, toMessage, type PageChannel } from '#main/worker/page-channel'
import { encodeFrame } from '#main/worker/frames'
import type { WorkerEvent } from '#main/worker/messages'

/** A frame with an event, and what becomes of the worker after it. */
export interface FromWorker {
  readonly frame: Uint8Array<ArrayBuffer>
  readonly isOver: boolean
  readonly isReusable: boolean
}

/** Serves the channel until it closes. Messages are passed on unread, so that the window is not held up by their size. */
export function serveChannel(channel: PageChannel): void {
  const workers = new Map<number, Worker>()
  let spare: Worker | null = null

  function startJob(job: number): Worker {
    const worker = spare ?? new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    spare = null
    workers.set(job, worker)
    worker.onmessage = ({ data: { frame, isOver, isReusable } }: MessageEvent<FromWorker>) => {
      channel.send(toMessage(job, frame))
      if (isOver) finish(job, isReusable)
    }
    worker.onerror = ({ message }) => {
      const event: WorkerEvent = {
        type: 'failed',
        message: `The window's worker stopped: ${message}`,
        cause: 'backend',
      }
      channel.send(toMessage(job, encodeFrame(event)))
      finish(job, false)
    }
    return worker
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
      const worker = workers.get(job) ?? startJob(job)
      worker.postMessage(frame, [frame.buffer])
    },
    onClose() {
      for (const worker of [...workers.values(), spare]) worker?.terminate()
      workers.clear()
      spare = null
    },
  })
}
