/** Notices that every prediction would repeat; each is shown once while the program runs. */
import type { AppEvent } from '#main/api/events'

export function createTellOnce(emit: (event: AppEvent) => void): (message: string) => void {
  const told = new Set<string>()
  return (message) => {
    if (told.has(message)) return
    told.add(message)
    emit({ type: 'notice', message, runId: null })
  }
}
