/** A program that is kept running, one process at a time, and started again from its source whenever it is told. */
import { fork, type ChildProcess } from 'node:child_process'

export interface RestartingOptions<Message> {
  readonly program: string
  /** The words of the next start. */
  readonly words: () => readonly string[]
  /** Called with what the program sends. */
  readonly onMessage: (message: Message) => void
  readonly log: (line: string) => void
}

export interface Restarting {
  /** Ends the process in order and starts another; calls that come while it ends are one. */
  restart(): void
  stop(): Promise<void>
}

/** A run ends its present step and is saved before. */
const patienceMs = 10_000

export function keepRunning<Message>(options: RestartingOptions<Message>): Restarting {
  let child = start(options)
  let isEnding = false
  let isStopped = false
  return {
    restart() {
      if (isEnding || isStopped) return
      isEnding = true
      void end(child).then(() => {
        isEnding = false
        if (!isStopped) child = start(options)
      })
    },
    async stop() {
      isStopped = true
      await end(child)
    },
  }
}

function start<Message>({ program, words, onMessage, log }: RestartingOptions<Message>): ChildProcess {
  const child = fork(program, words(), { stdio: 'inherit' })
  child.on('message', (message) => onMessage(message as Message)) // both sides are ours
  child.on('error', ({ message }) => log(`It could not be started: ${message}`))
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) log(`It ended with status ${code}. It starts again when a file changes.`)
  })
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  if (child.connected) child.disconnect() // the sign to close, on every system
  await ended
  clearTimeout(timer)
}
