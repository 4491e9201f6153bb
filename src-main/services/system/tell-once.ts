/** Notices that would come again with every sentence that is read: each is told once while the program runs. */
import type { AppEvent } from '#main/api/events'

export function createTellOnce(emit: (event: AppEvent) => void): (message: string) => void {
  const told = new Set<string>()
  return (message) => {
    if (told.has(message)) return
    told.add(message)
    emit({ type: 'notice', message, runId: null })
  }
}
