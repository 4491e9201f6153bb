/** What every command works with: a client of the services in this process, and where to print. */
import { setMaxListeners } from 'node:events'
import type { AppEvent } from '#main/api/events'
import { toAppError } from '#main/api/client-errors'
import { createLocalClient, type Client } from '#main/api/router'
import { openServices } from '#main/services/services'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { createProcessHost } from '#main/compute/host'
import { closeAtWorst } from '#main/shell-server/last-resort'
import { createProgress, type Progress } from './progress.ts'

export interface GlobalOptions {
  readonly workspace?: string
  readonly json?: boolean
}

export interface Session {
  readonly client: Client
  readonly progress: Progress
  /** Prints the result on stdout: `value` as JSON with --json, otherwise the text. */
  print(value: unknown, text: string): void
  /** Calls the listener with every event until the command ends. */
  onEvent(listener: (event: AppEvent) => void): void
  /** The line to type for another command on the same workspace. */
  again(command: string): string
  /** Aborted by the first Ctrl+C; the second ends the program. */
  readonly interrupted: AbortSignal
}

/** Opens the workspace, runs the command, and lets go of everything whatever happens. */
export async function withSession<T>(options: GlobalOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const services = await openServices({
    workspace: options.workspace ?? defaultWorkspace(),
    compute: createProcessHost(),
  })
  const takeBack = closeAtWorst(services.close)
  const client = createLocalClient(services.handlers)
  const progress = createProgress()
  const over = new AbortController()
  const interrupt = new AbortController()
  setMaxListeners(0, over.signal, interrupt.signal)
  const onInterrupt = (): void => interrupt.abort()
  process.once('SIGINT', onInterrupt)
  const listeners = new Set<(event: AppEvent) => void>()
  const events = await client.system.events(undefined, { signal: over.signal })
  const listening = (async () => {
    for await (const event of events) for (const listener of listeners) listener(event)
  })().catch(() => undefined) // ends with the command
  listeners.add((event) => {
    if (event.type === 'task' && event.task.state === 'running') progress.show(event.task)
    // notes of a run are printed where the run is followed
    if (event.type === 'notice' && event.runId === null) progress.line(event.message)
  })
  try {
    return await work({
      client,
      progress,
      print(value, text) {
        progress.clear()
        process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`)
      },
      again: (command) =>
        `npm run -s espalier -- ${command}${options.workspace === undefined ? '' : ` --workspace "${options.workspace}"`}`,
      onEvent: (listener) => void listeners.add(listener),
      interrupted: interrupt.signal,
    })
  } catch (error) {
    throw toAppError(error)
  } finally {
    progress.clear()
    process.off('SIGINT', onInterrupt)
    over.abort()
    await services.close()
    takeBack()
    await listening
  }
}
