/** A process that runs a worker's main file, and Node's way to start one. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createLastWords } from './last-words.ts'
import type { WorkerEvent, WorkerRequest } from './messages.ts'

export interface JobProcess {
  post(request: WorkerRequest): void
  /** Whether the program waits for it: an idle one keeps none alive. */
  hold(isHeld: boolean): void
  kill(): void
}

export interface JobProcessListener {
  onMessage(event: WorkerEvent): void
  /** Once, whatever ended it. `reason` in a few words: "exit code 3". */
  onExit(reason: string): void
}

export type StartProcess = (entry: URL, listener: JobProcessListener) => JobProcess

/** Under Node. What it writes is nothing for the person, unless it says why it ended. */
export const forkProcess: StartProcess = (entry, { onMessage, onExit }) => {
  const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const
  const child = fork(fileURLToPath(entry), [], { serialization: 'advanced', execArgv: [], stdio: [...stdio] })
  // a pipe is a socket; where descriptors are missing there is none
  const errors = child.stderr as (typeof child.stderr & Pick<typeof child, 'ref' | 'unref'>) | undefined
  const lastWords = createLastWords()
  errors?.on('data', lastWords.hear).on('error', () => undefined) // its end is told all the same
  child.on('message', (message) => onMessage(message as WorkerEvent)) // our own entry's
  child.on('error', (error) => {
    if (child.pid === undefined) onExit(error.message) // could not be started; else its end tells
  })
  child.on('close', (code, signal) => onExit(lastWords.addTo(signal ?? `exit code ${code}`)))
  return {
    post(request) {
      if (child.connected) child.send(request) // else it could not be started or is gone, which is told by itself
    },
    hold(isHeld) {
      for (const handle of [child, child.channel, errors]) {
        if (isHeld) handle?.ref()
        else handle?.unref()
      }
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
