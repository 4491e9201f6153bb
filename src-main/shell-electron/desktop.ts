/** Starts the desktop program: one instance per workspace, in Chromium's sandbox. */
import path from 'node:path'
import { app, dialog } from 'electron'
import { makePrivateFolder } from '#main/files/private'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { finishRestore } from '#main/services/workspaces/restore-workspace'
import { guardProcess } from '#main/shell-server/last-resort'
import { boot } from './boot.ts'
import { readOpening } from './launch.ts'
import { declareScheme } from './protocol.ts'

/** @param words those of this program's start, without its own name. */
export function startDesktop(words: readonly string[]): void {
  guardProcess({
    tell(message) {
      process.stderr.write(`${message}\n`)
      dialog.showErrorBox('Espalier ends because of a fault in the program', message)
    },
    exit: (code) => app.exit(code),
  })
  if (isWithoutSandbox()) return void app.whenReady().then(() => fail(new Error(needsSandbox)))
  const opening = readOpening(words, process.cwd())
  const workspace = opening.workspace ?? defaultWorkspace()

  finishRestore(workspace) // before a folder is made in its place
  // the lock belongs to the workspace folder: a second start on it shows the window of the first
  const memory = path.join(workspace, 'desktop')
  makePrivateFolder(memory)
  app.setPath('userData', memory)

  if (!app.requestSingleInstanceLock()) return app.quit()
  app.enableSandbox()
  declareScheme()
  // Chromium under Linux refuses WebGPU on most cards to protect against foreign pages, which this program never shows
  if (process.platform === 'linux') app.commandLine.appendSwitch('enable-unsafe-webgpu')
  // never `await` this at top level: in an ES module main Electron waits for the file before it becomes ready
  void app.whenReady().then(() => boot(workspace).catch(fail))
}

/** The AppImage's own start script leaves the sandbox out where a system forbids it. */
const needsSandbox =
  'This system forbids programs the user namespaces that Chromium’s sandbox is made of, and Espalier does not open its window without the sandbox. ' +
  'Install the .deb instead, which brings a sandbox of its own, or allow user namespaces for this file. ' +
  'Whoever accepts the risk sets ESPALIER_WITHOUT_SANDBOX=1.'

const isWithoutSandbox = (): boolean =>
  app.isPackaged && app.commandLine.hasSwitch('no-sandbox') && process.env['ESPALIER_WITHOUT_SANDBOX'] !== '1'

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${message}\n`)
  dialog.showErrorBox('Espalier cannot start', message)
  app.exit(1)
}
