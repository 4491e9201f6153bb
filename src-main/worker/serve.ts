/** Serves jobs in a process or a page: one job at a time, whose events are posted until `done` or `failed`. */
import { causeOf } from '#main/backends/backend-failure'
import { yieldToEventLoop } from '#main/training/yield-to-event-loop'
import { createEventQueue, type EventQueue } from '#main/core/event-queue'
import type { Job, PredictBatch, WorkerEvent, WorkerRequest } from '#main/compute/messages'

/** Returns the function that handles a request. Batches of a prediction job wait in a queue that ends when it is cancelled. */
export function serveJobs(
  runJob: (job: Job, signal: AbortSignal, batches: AsyncIterable<PredictBatch>) => AsyncGenerator<WorkerEvent>,
  post: (event: WorkerEvent) => void,
): (request: WorkerRequest) => void {
  let current: { readonly stop: AbortController; readonly batches: EventQueue<PredictBatch> } | null = null

  async function work(job: Job): Promise<void> {
    if (current) return post({ type: 'failed', message: 'The compute worker is busy with another job.', cause: 'job' })
    const stop = new AbortController()
    const batches = createEventQueue<PredictBatch>(() => undefined)
    current = { stop, batches }
    try {
      for await (const event of runJob(job, stop.signal, batches)) {
        post(event)
        await yieldToEventLoop() // cancellations arrive between events
      }
      post({ type: 'done' })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      post({ type: 'failed', message, cause: causeOf(error) })
    } finally {
      current = null
    }
  }

  return (request) => {
    switch (request.type) {
      case 'start':
        return void work(request.job)
      case 'predict':
        return current?.batches.push(request.batch)
      case 'end':
        return current?.batches.end()
      case 'cancel':
        current?.stop.abort()
        return current?.batches.end()
    }
  }
}
