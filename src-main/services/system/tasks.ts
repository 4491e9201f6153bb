/** The running tasks. Each reports its progress at most ten times a second, and always its end. */
import type { Task } from '#main/api/events'
import { AppError } from '#main/core/errors'
import type { TaskHandle, Tasks } from '../context.ts'
import type { EventBus } from './events.ts'

const quietMs = 100

export interface RunningTasks extends Tasks {
  list(): Task[]
  /** @throws AppError 'not-found' when no such task runs; 'conflict' when it cannot be cancelled. */
  cancel(taskId: string): void
}

export function createTasks(bus: Pick<EventBus, 'emit'>): RunningTasks {
  const running = new Map<string, Task>()
  const cancels = new Map<string, () => void>()
  return {
    list: () => [...running.values()],
    cancel(taskId) {
      if (!running.has(taskId)) throw new AppError('not-found', `There is no task ${taskId} that runs now.`)
      const cancel = cancels.get(taskId)
      if (!cancel) throw new AppError('conflict', 'This task cannot be cancelled.')
      cancel()
    },
    begin(started, cancel): TaskHandle {
      let task: Task = { ...started, state: 'running' }
      let toldMs = 0
      let isOver = false
      const tell = (): void => {
        toldMs = performance.now()
        bus.emit({ type: 'task', task })
      }
      running.set(task.taskId, task)
      if (cancel) cancels.set(task.taskId, cancel)
      tell()
      return {
        update(part) {
          if (isOver) return
          task = { ...task, ...part }
          running.set(task.taskId, task)
          if (performance.now() - toldMs >= quietMs) tell()
        },
        finish(state, detail) {
          if (isOver) return
          isOver = true
          const fraction = state === 'finished' ? 1 : task.fraction
          task = { ...task, state, fraction, secondsLeft: null, ...(detail === undefined ? {} : { detail }) }
          running.delete(task.taskId)
          cancels.delete(task.taskId)
          tell()
        },
      }
    },
  }
}
