/** Reloads the page when its process dies, and gives up when it dies repeatedly. Nothing is lost, since state is on disk. */
import { app, dialog, type WebContents } from 'electron'

const mostReloads = 3
const withinMs = 60_000

export function keepAlive(contents: WebContents, log: (message: string) => void): void {
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
    dialog.showErrorBox(
      'The window keeps failing',
      `Its process ended ${mostReloads + 1} times within a minute (${reason}). What was annotated is saved. Start Espalier again.`,
    )
    app.quit()
  })
}
