/** Event bus: delivers the events of the services to every listener. State is written before its event is emitted. */
import type { AppEvent } from '#main/api/events'

export interface EventBus {
  emit(event: AppEvent): void
  /** The events from now on, in order. The stream ends with the signal, when the caller leaves its loop, or when the bus closes. */
  subscribe(signal?: AbortSignal): AsyncIteratorObject<AppEvent, void, void>
  close(): void
}

interface Listener {
  push(event: AppEvent): void
  end(): void
}

/** Number of events that may wait for one listener. A stream with more has stopped listening and is ended; its owner queries the state when it returns. */
const largestBacklog = 10_000

export function createEventBus(): EventBus {
  const listeners = new Set<Listener>()
  let isClosed = false
  return {
    emit(event) {
      for (const listener of listeners) listener.push(event)
    },
    subscribe(signal) {
      const backlog: AppEvent[] = []
      let wake: (() => void) | null = null
      let isEnded = isClosed || (signal?.aborted ?? false)
      const listener: Listener = {
        push(event) {
          backlog.push(event)
          if (backlog.length > largestBacklog) listener.end()
          wake?.()
        },
        end() {
          isEnded = true
          listeners.delete(listener)
          wake?.()
        },
      }
      if (!isEnded) listeners.add(listener)
      signal?.addEventListener('abort', listener.end, { once: true })
      return (async function* () {
        try {
          for (;;) {
            const event = backlog.shift()
            if (event) yield event
            else if (isEnded) return
            else await new Promise<void>((resolve) => (wake = resolve))
          }
        } finally {
          listener.end()
          signal?.removeEventListener('abort', listener.end)
        }
      })()
    },
    close() {
      isClosed = true
      for (const listener of [...listeners]) listener.end()
    },
  }
}
