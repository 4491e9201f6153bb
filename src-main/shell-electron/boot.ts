/** Opens the workspace and puts everything together: services, pages, permissions, ports, menu and window. */
import path from 'node:path'
import { app, Menu, session } from 'electron'
import { ensureSample } from '#main/services/system/sample'
import { openServices } from '#main/services/services'
import { offerToFileManagers } from '#main/services/workspaces/opener-file'
import { rememberOpened } from '#main/services/workspaces/recent-workspaces'
import { createProcessHost } from '#main/compute/host'
import { createPageHost } from '#main/compute/page-host'
import { openDoor } from '#main/shell-server/door'
import { closeAtWorst } from '#main/shell-server/last-resort'
import { openComputeWindow } from './compute-window.ts'
import { answerPorts } from './ipc.ts'
import { startUtilityProcess } from './utility-process.ts'
import { menuTemplate } from './menu.ts'
import { guardPermissions } from './permissions.ts'
import { showProgress } from './progress.ts'
import { servePages } from './protocol.ts'
import { createWindow } from './window.ts'

const out = path.resolve(import.meta.dirname, '..')
const log = (message: string): void => void process.stderr.write(`${message}\n`)
/** Milliseconds in which the window gets its answer. */
const answerMs = 500
const tell = (error: unknown): void => log(error instanceof Error ? error.message : String(error))

/** @throws AppError when the workspace cannot be opened. */
export async function boot(workspace: string): Promise<void> {
  const compute = createPageHost(createProcessHost(undefined, startUtilityProcess))
  const services = await openServices({ workspace, compute, openOther: startAgainOn, tell: log })
  let close = services.close
  closeAtWorst(() => close())
  closeOnQuit(() => close())
  await ensureSample(services.handlers)
  await rememberOpened(workspace)
  offerToFileManagers(workspace)
  // commands of the command line connect to this server; the window does not need it
  const door = await openDoor({ workspace, port: null, handlers: services.handlers, windowFolder: null, log }).catch(
    tell,
  )
  if (door) close = () => door.close().then(services.close)
  servePages(path.join(out, 'window'))
  guardPermissions(session.defaultSession)
  answerPorts(services.handlers, log)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  const preload = path.join(out, 'main', 'preload.cjs')
  const window = createWindow(preload, log)
  // only after the window has shown its first page, so that the start does not wait for it
  window.once('ready-to-show', () => openComputeWindow(preload, compute, window))
  void showProgress(await services.handlers.system.events(), window).catch(tell)
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore()
    window.focus()
  })
  app.on('window-all-closed', () => app.quit())
}

/** The program starts again on another workspace, once the window has its answer: Electron's own folder is one of the workspace's. */
async function startAgainOn(workspace: string): Promise<null> {
  const words = process.argv.slice(1).filter((word) => !word.startsWith('--workspace'))
  app.relaunch({ args: [...words, `--workspace=${workspace}`] })
  setTimeout(() => app.quit(), answerMs)
  return null
}

/** Closes the services in order. Runs that are training keep their last checkpoint and can be resumed. */
function closeOnQuit(close: () => Promise<void>): void {
  let isClosed = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void close()
      .catch(tell)
      .then(() => {
        isClosed = true
        app.quit()
      })
  })
}
