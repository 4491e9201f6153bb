/** Commands to the page, kept until a page is there to hear them. */
import type { DesktopCommand } from '#main/api/desktop'

export interface WindowCommands {
  send(command: DesktopCommand): void
  /** Commands as they come, each to one listener. */
  follow(signal: AbortSignal | undefined): AsyncGenerator<DesktopCommand, void, void>
}

export function createWindowCommands(): WindowCommands {
  const waiting: DesktopCommand[] = []
  const wakes = new Set<() => void>()
  const wakeAll = (): void => {
    for (const wake of [...wakes]) wake()
  }
  return {
    send(command) {
      waiting.push(command)
      wakeAll()
    },
    async *follow(signal) {
      signal?.addEventListener('abort', wakeAll, { once: true })
      while (!signal?.aborted) {
        const command = waiting.shift()
        if (command) yield command
        else
          await new Promise<void>((resolve) => {
            const wake = (): void => {
              wakes.delete(wake)
              resolve()
            }
            wakes.add(wake)
          })
      }
    },
  }
}
