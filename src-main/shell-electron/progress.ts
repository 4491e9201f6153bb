/** Shows long work in the system: a progress bar on the icon of the program. While a run trains, the machine does not sleep. */
import { powerSaveBlocker, type BrowserWindow } from 'electron'
import type { AppEvent, Task } from '#main/api/events'

const noBar = -1
/** Value of the progress bar that shows work of unknown length. */
const unknownBar = 2

/** Follows the events until they end. */
export async function showProgress(
  events: AsyncIterable<AppEvent>,
  window: Pick<BrowserWindow, 'setProgressBar' | 'isDestroyed'>,
): Promise<void> {
  const running = new Map<string, Task>()
  let blocker: number | null = null
  for await (const event of events) {
    if (event.type !== 'task' || window.isDestroyed()) continue
    const { task } = event
    if (task.state === 'running') running.set(task.taskId, task)
    else running.delete(task.taskId)
    window.setProgressBar(barOf([...running.values()]))

    const isTraining = running.values().some(({ kind }) => kind === 'training')
    if (isTraining) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
}

/** Mean of the finished shares of all running tasks, 0 to 1. */
function barOf(tasks: readonly Task[]): number {
  if (tasks.length === 0) return noBar
  if (tasks.some(({ fraction }) => fraction === null)) return unknownBar
  return tasks.reduce((sum, { fraction }) => sum + (fraction ?? 0), 0) / tasks.length
}
