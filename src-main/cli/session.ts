/** Session of a command: a client of the services, and where to print. */
import { setMaxListeners } from 'node:events'
import type { AppEvent } from '#main/api/events'
import { toAppError } from '#main/api/client-errors'
import type { Client } from '#main/api/router'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { openClient } from './open-client.ts'
import { noteOwnWork } from './own-work.ts'
import { createProgress, type Progress } from './progress.ts'
import { isStandardOutput } from './reader-left.ts'

export interface GlobalOptions {
  readonly workspace?: string
  readonly json?: boolean
}

export interface Session {
  readonly client: Client
  readonly progress: Progress
  /** Prints the result on stdout: `value` as JSON with --json, otherwise the text. */
  print(value: unknown, text: string): void
  /** Prints what became of `output`: on stderr where that is standard output itself. */
  report(output: string, value: unknown, text: string): void
  /** Calls the listener with every event until the command ends. */
  onEvent(listener: (event: AppEvent) => void): void
  /** The line to type for another command on the same workspace. */
  again(command: string): string
  /** Aborted by the first Ctrl+C; the second ends the program. */
  readonly interrupted: AbortSignal
}

/** Opens the workspace, or comes to the program that has it open, runs the command, and lets go of everything whatever happens. */
export async function withSession<T>(options: GlobalOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const progress = createProgress()
  const open = await openClient(options.workspace ?? defaultWorkspace(), progress.line)
  const own = noteOwnWork(open.client)
  const interrupt = new AbortController()
  setMaxListeners(0, interrupt.signal)
  const onInterrupt = (): void => interrupt.abort()
  process.once('SIGINT', onInterrupt)
  const listeners = new Set<(event: AppEvent) => void>()
  const events = await open.client.system.events()
  const listening = (async () => {
    for await (const event of events) for (const listener of listeners) listener(event)
  })().catch(() => undefined) // ends with the services, or with the connection to them
  listeners.add((event) => {
    if (event.type === 'task' && event.task.state === 'running' && own.has(event.task)) progress.show(event.task)
    // notes of a run are printed where the run is followed
    if (event.type === 'notice' && event.runId === null) progress.line(event.message)
  })
  const print: Session['print'] = (value, text) => {
    progress.clear()
    process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`)
  }
  const session: Session = {
    client: own.client,
    progress,
    print,
    report: (output, value, text) => (isStandardOutput(output) ? progress.line(text) : print(value, text)),
    again: (command) =>
      `npm run -s espalier -- ${command}${options.workspace === undefined ? '' : ` --workspace "${options.workspace}"`}`,
    onEvent: (listener) => void listeners.add(listener),
    interrupted: interrupt.signal,
  }
  try {
    return await Promise.race([work(session), open.lost])
  } catch (error) {
    throw toAppError(error)
  } finally {
    progress.clear()
    process.off('SIGINT', onInterrupt)
    await open.close(progress.line)
    await listening
  }
}
