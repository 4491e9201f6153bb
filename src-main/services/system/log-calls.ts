/** Notes in the log which calls fail and which take long, by the names of their procedures; inputs and messages, which may quote a text, are left out. */
import type { AppEvent } from '#main/api/events'
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { placeOfError, type Log } from '#main/core/log'

type Call = (input: unknown, signal?: AbortSignal) => Promise<unknown>

/** Milliseconds from which a call is noted as a slow one. */
const slowMs = 2000

/** The same handlers. */
export function logCalls(handlers: Handlers, log: Log): Handlers {
  const watch =
    (procedure: string, call: Call): Call =>
    async (input, signal) => {
      const began = performance.now()
      try {
        return await call(input, signal)
      } catch (error) {
        const isForeseen = error instanceof AppError && error.code !== 'internal'
        const details = isForeseen ? { code: error.code } : placeOfError(error)
        log.note(isForeseen ? 'info' : 'error', 'call failed', { procedure, ...details })
        throw error
      } finally {
        const ms = Math.round(performance.now() - began)
        log.note(ms >= slowMs ? 'info' : 'debug', 'call', { procedure, ms })
      }
    }
  const watched = Object.entries(handlers as Record<string, Record<string, Call>>).map(([noun, calls]) => [
    noun,
    Object.fromEntries(Object.entries(calls).map(([verb, call]) => [verb, watch(`${noun}.${verb}`, call)])),
  ])
  return Object.fromEntries(watched) as Handlers // the same nouns and verbs
}

/** Notes how jobs go on, and what a check found, as numbers. */
export function createEventLog(log: Log): (event: AppEvent) => void {
  const states = new Map<number, string>()
  return (event) => {
    if (event.type === 'job') {
      const { jobId, kind, state, done, total } = event.job
      if (states.get(jobId) === state) return
      states.set(jobId, state)
      log.note(state === 'failed' ? 'warn' : 'info', 'job', { jobId, kind, state, done, total })
    } else if (event.type === 'task' && event.task.state === 'failed')
      log.note('warn', 'task failed', { kind: event.task.kind })
    else if (event.type === 'soundness') {
      const { length } = event.soundness.findings
      log.note(length > 0 ? 'error' : 'info', 'checked', { findings: length })
    }
  }
}
