/** One page that computes, as seen by the services: it runs jobs until its channel closes. */
import { BackendFailure, toError } from '#main/backends/backend-failure'
import { createEventQueue, type EventQueue } from '#main/core/event-queue'
import { decodeFrame, encodeFrame } from './frames.ts'
import type { Job, JobHandle, WorkerEvent, WorkerRequest } from './messages.ts'
import { frameOf, jobOf, noJob, toMessage, type PageChannel } from './page-channel.ts'
import { toEvent, toHello } from './page-events.ts'

export interface ComputePage {
  /** Runs a job in a worker of the page. Jobs run side by side. */
  run(job: Job): JobHandle
  close(): void
}

interface PageListener {
  /** Called once the page has looked for a graphics card, with its name, or null. */
  onHello(card: string | null): void
  onGone(): void
}

export function openComputePage(channel: PageChannel, { onHello, onGone }: PageListener): ComputePage {
  const queues = new Map<number, EventQueue<WorkerEvent>>()
  let lastJob = noJob
  let isGone = false

  const ask = (job: number, request: WorkerRequest): void => {
    if (!isGone) channel.send(toMessage(job, encodeFrame(request)))
  }
  const end = (job: number, error?: Error): void => {
    const queue = queues.get(job)
    queues.delete(job)
    queue?.end(error)
  }

  const receive = (job: number, data: unknown): void => {
    if (job === noJob) return onHello(toHello(data).card)
    const event = toEvent(data)
    if (event.type === 'done') end(job)
    else if (event.type === 'failed') end(job, toError(event.message, event.cause))
    else queues.get(job)?.push(event)
  }

  channel.listen({
    onMessage(message) {
      try {
        receive(jobOf(message), decodeFrame(frameOf(message)))
      } catch {
        channel.close() // probably a page of another version
      }
    },
    onClose() {
      isGone = true
      for (const job of queues.keys()) end(job, wentAway())
      onGone()
    },
  })

  return {
    run(job) {
      const number = ++lastJob
      const cancel = (): void => {
        if (!queues.has(number)) return
        ask(number, { type: 'cancel' })
        // nobody waits for the end of a batch: what it still brings is for nobody, and the page ends it if it takes long
        if (job.kind === 'predict') end(number)
      }
      const queue = createEventQueue<WorkerEvent>(cancel)
      queues.set(number, queue)
      if (isGone) end(number, wentAway())
      else ask(number, { type: 'start', job })
      return {
        events: queue,
        cancel,
        send(request) {
          if (queues.has(number)) ask(number, request)
        },
        hold: () => undefined, // a page belongs to its window
      }
    },
    close: () => channel.close(),
  }
}

function wentAway(): Error {
  return new BackendFailure('The window whose graphics card computed was closed or reloaded in the middle of the work.')
}
