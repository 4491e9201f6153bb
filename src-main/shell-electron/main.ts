/** The desktop program's first file: one instance per workspace, and what must be said before Electron is ready. */
import path from 'node:path'
import { app, dialog } from 'electron'
import { makePrivateFolder } from '#main/files/private'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { finishRestore } from '#main/services/workspaces/restore-workspace'
import { guardProcess } from '#main/shell-server/last-resort'
import { boot } from './boot.ts'
import { declareScheme } from './protocol.ts'

guardProcess({
  tell(message) {
    process.stderr.write(`${message}\n`)
    dialog.showErrorBox('Espalier ends because of a fault in the program', message)
  },
  exit: (code) => app.exit(code),
})

const workspace = path.resolve(app.commandLine.getSwitchValue('workspace') || defaultWorkspace())

finishRestore(workspace) // before a folder is made in its place
// the lock belongs to the workspace folder: a second start on it shows the window of the first
const memory = path.join(workspace, 'desktop')
makePrivateFolder(memory)
app.setPath('userData', memory)

if (app.requestSingleInstanceLock()) {
  app.enableSandbox()
  declareScheme()
  // Chromium under Linux refuses WebGPU on most cards to protect against foreign pages, which this program never shows
  if (process.platform === 'linux') app.commandLine.appendSwitch('enable-unsafe-webgpu')
  // never `await` this at top level: in an ES module main Electron waits for the file before it becomes ready
  void app.whenReady().then(() => boot(workspace).catch(fail))
} else app.quit()

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${message}\n`)
  dialog.showErrorBox('Espalier cannot start', message)
  app.exit(1)
}
