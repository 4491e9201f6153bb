/** Runs one job in a process of its own: whatever the backend does there, this program goes on. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BackendFailure, toError } from '#main/backends/backend-failure'
import { createEventQueue } from './event-queue.ts'
import type { Job, JobHandle, WorkerEvent, WorkerRequest } from './messages.ts'

/** A process that runs a worker's main file. */
export interface JobProcess {
  post(request: WorkerRequest): void
  kill(): void
}

export interface JobProcessListener {
  onMessage(event: WorkerEvent): void
  /** `reason` in a few words: "exit code 3". */
  onExit(reason: string): void
}

/** Starts such a process; what native libraries write about themselves there is nothing for the person. */
export type StartProcess = (entry: URL, listener: JobProcessListener) => JobProcess

/** Under Node. */
export const forkProcess: StartProcess = (entry, { onMessage, onExit }) => {
  const child = fork(fileURLToPath(entry), [], { serialization: 'advanced', execArgv: [], stdio: 'ignore' })
  child.on('message', (message) => onMessage(message as WorkerEvent)) // our own entry's
  child.on('error', (error) => onExit(error.message))
  child.on('exit', (code, signal) => onExit(signal ?? `exit code ${code}`))
  return { post: (request) => void child.send(request), kill: () => void child.kill('SIGKILL') }
}

/** Cancelling ends the process at once. @throws (from the events) BackendFailure when it breaks down. */
export function runInProcess(start: StartProcess, entry: URL, job: Job, onOver: () => void): JobHandle {
  const queue = createEventQueue<WorkerEvent>(() => child.kill())
  const end = (error?: Error): void => {
    queue.end(error)
    child.kill()
    onOver()
  }
  const child = start(entry, {
    onMessage(event) {
      if (event.type === 'done') end()
      else if (event.type === 'failed') end(toError(event.message, event.cause))
      else queue.push(event)
    },
    onExit: (reason) => end(new BackendFailure(`its process broke down (${reason})`)),
  })
  child.post({ type: 'start', job })
  return { events: queue, cancel: () => end() }
}
