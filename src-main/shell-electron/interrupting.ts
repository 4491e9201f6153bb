/** Asks before work under way is interrupted: when the program is left, and when another workspace is opened. */
import type { BrowserWindow } from 'electron'
import type { Task } from '#main/api/events'
import { ask } from './dialogs.ts'

type Tasks = () => Promise<readonly Task[]>

/** Titles that a dialog has room for. */
const mostTitles = 6

/** Resolves to whether the work may be interrupted: there is none, or the person says so. */
export async function mayInterrupt(window: BrowserWindow, tasks: Tasks): Promise<boolean> {
  const running = await tasks()
  if (running.length === 0) return true
  const isTraining = running.some(({ kind }) => kind === 'training')
  return ask(window, {
    message: isTraining ? 'Runs are still training' : 'Work is still going on',
    detail: [
      ...running
        .slice(0, mostTitles)
        .map(({ title, detail }) => (detail === '' ? `• ${title}` : `• ${title}, ${detail}`)),
      ...(running.length > mostTitles ? [`• and ${running.length - mostTitles} more`] : []),
      '',
      'What is trained so far is kept, and goes on from there when it is resumed in Jobs. Imports and extractions go on from where they are.',
    ].join('\n'),
    ...{ yes: 'Stop and keep', no: 'Stay' },
  })
}

export interface QuitGuard {
  /** From now on the window closes without a question. */
  letGo(): void
}

/** Asks when the window is closed, by whatever way, while work is under way. */
export function guardQuit(window: BrowserWindow, tasks: Tasks): QuitGuard {
  let mayClose = false
  let isAsking = false
  window.on('close', (event) => {
    if (mayClose) return
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    void mayInterrupt(window, tasks)
      .catch(() => true) // services that do not answer are no reason to stay
      .then((may) => {
        isAsking = false
        if (!may) return
        mayClose = true
        window.close()
      })
  })
  return { letGo: () => (mayClose = true) }
}
