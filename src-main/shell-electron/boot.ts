/** Opens the workspace and puts everything together: services, pages, permissions, ports, menu and window. */
import path from 'node:path'
import { app, clipboard, Menu, session } from 'electron'
import { createRouter } from '#main/api/router'
import { ensureSample } from '#main/services/system/sample'
import { openServices } from '#main/services/services'
import { offerToFileManagers } from '#main/services/workspaces/opener-file'
import { listRecent, rememberOpened } from '#main/services/workspaces/recent-workspaces'
import { createProcessHost } from '#main/compute/host'
import { createPageHost } from '#main/compute/page-host'
import { openDoor } from '#main/shell-server/door'
import { closeAtWorst } from '#main/shell-server/last-resort'
import { connectChannel, desktopChannel } from './channel.ts'
import { createChosenPaths, forChosenPaths } from './chosen-paths.ts'
import { openComputeWindow } from './compute-window.ts'
import { createDesktopRouter } from './desktop-router.ts'
import { askForPath, tell } from './dialogs.ts'
import { guardContents } from './guards.ts'
import { guardQuit } from './interrupting.ts'
import { answerPorts, hearChosen } from './ipc.ts'
import type { Opening } from './launch.ts'
import { menuTemplate } from './menu.ts'
import { answerOpening } from './openings.ts'
import { guardPermissions } from './permissions.ts'
import { showProgress } from './progress.ts'
import { servePages } from './protocol.ts'
import { keepAlive, logLostProcesses } from './recovery.ts'
import { log, reportOf } from './report.ts'
import { checkForUpdates } from './updates.ts'
import { startUtilityProcess } from './utility-process.ts'
import { createWindow } from './window.ts'
import { createWindowCommands } from './window-commands.ts'
import { createWorkspaceActs } from './workspace-acts.ts'

const out = path.resolve(import.meta.dirname, '..')
/** Milliseconds in which the window gets its answer. */
const answerMs = 500
const logError = (error: unknown): void => log(error instanceof Error ? error.message : String(error))

/**
 * Resolves with what answers later openings.
 * @throws AppError when the workspace cannot be opened.
 */
export async function boot(workspace: string): Promise<(opening: Opening) => void> {
  let letGo = (): void => undefined
  const startAgain = (words: readonly string[]): void => {
    app.relaunch({ args: [...(app.isPackaged ? [] : [app.getAppPath()]), ...words] })
    letGo()
    app.quit()
  }
  const openOther = async (folder: string): Promise<null> => {
    setTimeout(() => startAgain([`--workspace=${folder}`]), answerMs)
    return null
  }
  const compute = createPageHost(createProcessHost(undefined, startUtilityProcess))
  const services = await openServices({ workspace, compute, openOther, tell: log })
  const { handlers } = services
  let close = services.close
  closeAtWorst(() => close())
  closeOnQuit(() => close())
  await ensureSample(handlers)
  await rememberOpened(workspace)
  offerToFileManagers(workspace)
  // commands of the command line connect to this server; the window does not need it
  const door = await openDoor({ workspace, port: null, handlers, windowFolder: null, log }).catch(logError)
  if (door) close = () => door.close().then(services.close)
  servePages(path.join(out, 'window'))
  guardPermissions(session.defaultSession)
  guardContents()
  logLostProcesses(log)

  const [chosen, commands] = [createChosenPaths(), createWindowCommands()]
  hearChosen(chosen.add)
  const allowed = forChosenPaths(handlers, chosen, (named) => askForPath(window, named))
  answerPorts(connectChannel, createRouter(allowed, log))
  answerPorts(desktopChannel, createDesktopRouter({ window: () => window, chosen, commands }))
  const preload = path.join(out, 'main', 'preload.cjs')
  const window = createWindow(preload, log)
  const tasks = (): ReturnType<typeof handlers.system.tasks> => handlers.system.tasks()
  ;({ letGo } = guardQuit(window, tasks))
  keepAlive(window, log, () => letGo())
  const acts = createWorkspaceActs({ window, workspace, handlers, tasks, startAgain })
  const recent = listRecent(workspace).filter(({ isOpen, isThere }) => !isOpen && isThere)
  for (const { folder } of recent) chosen.add(folder)
  const template = menuTemplate({
    ...{ platform: process.platform, isPackaged: app.isPackaged, recent },
    acts: {
      newWorkspace: acts.create,
      openWorkspace: acts.open,
      openRecent: acts.openFolder,
      moveWorkspace: acts.move,
      send: commands.send,
      copyReport: () => void copyReport().catch(logError),
      checkForUpdates: () => void tellUpdates().catch(logError),
    },
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  // only after the window has shown its first page, so that the start does not wait for it
  window.once('ready-to-show', () => openComputeWindow(preload, compute, window))
  void showProgress(await handlers.system.events(), window).catch(logError)
  app.on('window-all-closed', () => app.quit())
  return (opening) => answerOpening(opening, { window, workspace, chosen, commands })

  async function copyReport(): Promise<void> {
    await clipboard.writeText(reportOf(null))
    await tell(
      window,
      'The report is in the clipboard',
      'It holds versions and the log of this program, and no text of a corpus.',
    )
  }
  async function tellUpdates(): Promise<void> {
    const { message, detail } = await checkForUpdates(path.join(out, '..', 'package.json'))
    await tell(window, message, detail)
  }
}

/** Closes the services in order. Runs that are training keep their last checkpoint and can be resumed. */
function closeOnQuit(close: () => Promise<void>): void {
  let isClosed = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void close()
      .catch(logError)
      .then(() => {
        isClosed = true
        app.quit()
      })
  })
}
