/** Long work as the system shows it: a bar on the program's icon, and no falling asleep while a run trains. */
import { powerSaveBlocker, type BrowserWindow } from 'electron'
import type { AppEvent, Task } from '#main/api/events'

const noBar = -1
/** Above one the bar moves without saying how far it is. */
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

/** The mean of all that is running. */
function barOf(tasks: readonly Task[]): number {
  if (tasks.length === 0) return noBar
  if (tasks.some(({ fraction }) => fraction === null)) return unknownBar
  return tasks.reduce((sum, { fraction }) => sum + (fraction ?? 0), 0) / tasks.length
}
