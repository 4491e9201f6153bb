/** Answers when processes of Chromium die or hang: the page is loaded again, and a person can copy a report. Nothing is lost, since state is on disk. */
import { app, clipboard, dialog, type BrowserWindow } from 'electron'
import { ask } from './dialogs.ts'
import { reportOf } from './report.ts'

const mostReloads = 3
const withinMs = 60_000

type Log = (message: string) => void

/** Reloads the page when its process dies, and gives up when it dies repeatedly. */
export function keepAlive(window: BrowserWindow, log: Log, letGo: () => void): void {
  const contents = window.webContents
  let reloadedMs: number[] = []
  contents.on('render-process-gone', (_, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log(`The window's process ended: ${reason}, code ${exitCode}`)
    reloadedMs = reloadedMs.filter((then) => Date.now() - then < withinMs)
    if (reloadedMs.length < mostReloads) {
      reloadedMs.push(Date.now())
      contents.reload()
      return
    }
    const failure = `The window's process ended ${mostReloads + 1} times within a minute (${reason}, code ${exitCode}).`
    void offerReport('The window keeps failing', failure).finally(() => {
      letGo()
      app.quit()
    })
  })
  askWhenHanging(window, log)
}

/** A page that does not answer is left alone, or loaded again, as the person likes. */
function askWhenHanging(window: BrowserWindow, log: Log): void {
  let isAsking = false
  window.on('unresponsive', () => {
    log('The window does not answer.')
    if (isAsking) return
    isAsking = true
    void ask(window, {
      message: 'The window does not answer',
      detail: 'What was annotated is saved, and jobs go on. Load the window again, or wait for it.',
      ...{ yes: 'Load again', no: 'Wait' },
    }).then((isTired) => {
      isAsking = false
      if (isTired) window.webContents.reload()
    })
  })
  window.on('responsive', () => log('The window answers again.'))
}

/** Tells the log which of Chromium's other processes died: it starts its own again, and jobs report theirs. */
export function logLostProcesses(log: Log): void {
  app.on('child-process-gone', (_, { type, reason, exitCode, name, serviceName }) => {
    if (reason !== 'clean-exit') log(`A process ended: ${name ?? serviceName ?? type}, ${reason}, code ${exitCode}`)
  })
}

async function offerReport(message: string, failure: string): Promise<void> {
  const detail = `${failure}\n\nWhat was annotated is saved. Start Espalier again; if it fails again, send the report to whoever maintains it here.`
  const buttons = ['Copy the report', 'Close']
  const { response } = await dialog.showMessageBox({ type: 'error', message, detail, buttons, cancelId: 1 })
  if (response === 0) await clipboard.writeText(reportOf(failure))
}
