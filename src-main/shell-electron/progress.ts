/** Shows long work in the system: a bar on the icon of the program, no sleep of the machine meanwhile, and a notice when it ends unseen. */
import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron'
import type { AppEvent, Task } from '#main/api/events'

const noBar = -1
/** Value of the progress bar that shows work of unknown length. */
const unknownBar = 2
/** Work that took less was waited for. */
const longMs = 30_000

type Window = Pick<BrowserWindow, 'setProgressBar' | 'isDestroyed' | 'isFocused' | 'show' | 'focus'>

/** Follows the events until they end. */
export async function showProgress(
  events: AsyncIterable<AppEvent>,
  window: Window,
  now: () => number = Date.now,
): Promise<void> {
  const running = new Map<string, { readonly task: Task; readonly startedMs: number }>()
  let blocker: number | null = null
  for await (const event of events) {
    if (event.type !== 'task' || window.isDestroyed()) continue
    const { task } = event
    const startedMs = running.get(task.taskId)?.startedMs ?? now()
    if (task.state === 'running') running.set(task.taskId, { task, startedMs })
    else if (running.delete(task.taskId) && now() - startedMs >= longMs && !window.isFocused()) notify(task, window)
    window.setProgressBar(barOf([...running.values()].map((each) => each.task)))

    if (running.size > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
}

const ends = { finished: 'is finished', failed: 'has failed' } as const

/** A click on the notice shows the window. What was cancelled, its person knows. */
function notify({ title, detail, state }: Task, window: Window): void {
  if (state === 'cancelled' || state === 'running' || !Notification.isSupported()) return
  const notice = new Notification({
    title: `${title.slice(0, 1).toUpperCase()}${title.slice(1)} ${ends[state]}`,
    body: detail,
  })
  notice.on('click', () => {
    window.show()
    window.focus()
  })
  notice.show()
}

/** Mean of the finished shares of all running tasks, 0 to 1. */
function barOf(tasks: readonly Task[]): number {
  if (tasks.length === 0) return noBar
  if (tasks.some(({ fraction }) => fraction === null)) return unknownBar
  return tasks.reduce((sum, { fraction }) => sum + (fraction ?? 0), 0) / tasks.length
}
