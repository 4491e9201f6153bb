/**
 * One helper thread as seen by the leading thread: requests go out, reports come in, and a breakdown becomes an error.
 */
import { Worker } from 'node:worker_threads'
import { BackendFailure, toError } from '#main/backends/backend-failure'
import type { HelperReport, HelperRequest, SharedJob } from './pool-messages.ts'
import { createEventQueue } from '#main/core/event-queue'

type Answer = Exclude<HelperReport, { type: 'note' | 'failed' }>

export interface Helper {
  post(request: HelperRequest): void
  /**
   * The next report, which must be of this type. @throws the error it failed with, or BackendFailure when its thread
   * ended.
   */
  expect<Type extends Answer['type']>(type: Type): Promise<Extract<Answer, { type: Type }>>
  close(): Promise<void>
}

export function startHelper(entry: URL, job: SharedJob, onNote: (message: string) => void): Helper {
  const worker = new Worker(entry, { workerData: job })
  const answers = createEventQueue<Answer>(() => undefined)
  const predictor = answers[Symbol.asyncIterator]()
  const onEnd = (reason: string): void =>
    answers.end(new BackendFailure(`A helper thread stopped in the middle of its work (${reason}).`))

  worker.on('message', (report: HelperReport) => {
    if (report.type === 'note') onNote(report.message)
    else if (report.type === 'failed') answers.end(toError(report.message, report.cause))
    else answers.push(report)
  })
  worker.on('error', (error) => onEnd(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => onEnd(`exit code ${code}`))

  return {
    post: (request) => worker.postMessage(request),
    async expect(type) {
      const { value } = await predictor.next()
      if (value?.type !== type) throw new BackendFailure(`A helper thread did not answer with ${type}.`)
      return value as Extract<Answer, { type: typeof type }> // the type was just compared
    },
    async close() {
      await worker.terminate()
    },
  }
}
