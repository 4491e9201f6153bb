/** Compute process, and how Node starts one. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createLastWords } from './last-words.ts'
import type { WorkerEvent, WorkerRequest } from './messages.ts'

export interface JobProcess {
  post(request: WorkerRequest): void
  /** Sets whether the program waits for the process; an idle one keeps no program alive. */
  hold(isHeld: boolean): void
  kill(): void
}

export interface JobProcessListener {
  onMessage(event: WorkerEvent): void
  /** Called once, whatever ended the process. `reason` is a few words, for example "exit code 3". */
  onExit(reason: string): void
}

export type StartProcess = (entry: URL, listener: JobProcessListener) => JobProcess

/**
 * Flags of a compute process. Its threads make many short-lived objects, and V8 would let each of them gather three times 16 MB
 * before it looks: two threads took 290 MB that take 170 MB with a quarter of that, in the same time.
 */
const flags = ['--max-semi-space-size=4']

/** Starts a process under Node. Its output is dropped, except the reason why it ended. */
export const forkProcess: StartProcess = (entry, { onMessage, onExit }) => {
  const stdio = ['ignore', 'ignore', 'pipe', 'ipc'] as const
  const child = fork(fileURLToPath(entry), [], { serialization: 'advanced', execArgv: flags, stdio: [...stdio] })
  // a pipe is a socket; where descriptors have run out there is none
  const errors = child.stderr as (typeof child.stderr & Pick<typeof child, 'ref' | 'unref'>) | undefined
  const lastWords = createLastWords()
  errors?.on('data', lastWords.hear).on('error', () => undefined) // the end of the process is reported all the same
  child.on('message', (message) => onMessage(message as WorkerEvent)) // from our own entry
  child.on('error', (error) => {
    if (child.pid === undefined) onExit(error.message) // it could not be started; otherwise its end is reported
  })
  child.on('close', (code, signal) => onExit(lastWords.addTo(signal ?? `exit code ${code}`)))
  return {
    post(request) {
      if (child.connected) child.send(request) // otherwise it could not be started or is gone, which is reported by itself
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
