/** Runs one job in a process of its own: whatever the backend does there, this program goes on. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { BackendFailure, toError } from '#main/backends/backend-failure'
import { createEventQueue } from './event-queue.ts'
import type { Job, JobHandle, WorkerEvent, WorkerRequest } from './messages.ts'

/** Cancelling ends the process at once. @throws (from the events) BackendFailure when it breaks down. */
export function runInProcess(entry: URL, job: Job, onOver: () => void): JobHandle {
  // what native libraries write about themselves is nothing for the person
  const child = fork(fileURLToPath(entry), [], { serialization: 'advanced', execArgv: [], stdio: 'ignore' })
  const stop = (): void => void child.kill('SIGKILL')
  const queue = createEventQueue<WorkerEvent>(stop)

  const end = (error?: Error): void => {
    queue.end(error)
    stop()
    onOver()
  }
  child.on('message', (message) => {
    const event = message as WorkerEvent // our own entry's
    if (event.type === 'done') end()
    else if (event.type === 'failed') end(toError(event.message, event.cause))
    else queue.push(event)
  })
  child.on('error', (error) => end(new BackendFailure(`its process did not start (${error.message})`)))
  child.on('exit', (code, signal) =>
    end(new BackendFailure(`its process broke down (${signal ?? `exit code ${code}`})`)),
  )
  child.send({ type: 'start', job } satisfies WorkerRequest)
  return { events: queue, cancel: () => end() }
}
