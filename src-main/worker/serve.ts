/** Serves jobs in a process or a page: one job at a time, whose events are posted until `done` or `failed`. */
import { causeOf } from '#main/backends/backend-failure'
import { yieldToEventLoop } from '#main/training/yield-to-event-loop'
import type { Job, WorkerEvent, WorkerRequest } from '#main/compute/messages'

/** Returns the function that handles a request. */
export function serveJobs(
  runJob: (job: Job, signal: AbortSignal) => AsyncGenerator<WorkerEvent>,
  post: (event: WorkerEvent) => void,
): (request: WorkerRequest) => void {
  let current: AbortController | null = null

  async function work(job: Job): Promise<void> {
    if (current) return post({ type: 'failed', message: 'The compute worker is busy with another job.', cause: 'job' })
    current = new AbortController()
    try {
      for await (const event of runJob(job, current.signal)) {
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
    if (request.type === 'cancel') current?.abort()
    else void work(request.job)
  }
}
