/** Starts the desktop program: one instance per workspace, in Chromium's sandbox. */
import path from 'node:path'
import { app, dialog } from 'electron'
import { addressScheme, readAddress } from '#main/api/address'
import { makePrivateFolder } from '#main/files/private'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { moveWorkspace } from '#main/services/workspaces/move-workspace'
import { forgetWorkspace } from '#main/services/workspaces/recent-workspaces'
import { finishRestore } from '#main/services/workspaces/restore-workspace'
import { guardProcess } from '#main/shell-server/last-resort'
import { boot } from './boot.ts'
import { ownWords, readOpening, type Opening } from './launch.ts'
import { isKnown } from './openings.ts'
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
  const workspace = opening.workspace ?? workspaceOf(opening.address) ?? defaultWorkspace()

  if (!moveHere(workspace, words)) return
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
  nameToSystem()
  const opened = hearOpenings()
  // never `await` this at top level: in an ES module main Electron waits for the file before it becomes ready
  void app
    .whenReady()
    .then(() => boot(workspace))
    .then((answer) => {
      if (opening.files.length > 0 || opening.address !== null) answer({ ...opening, workspace: null })
      opened(answer)
    }, fail)
}

/** The names under which systems know the installed program: for its notices, the bar on its icon, and its addresses. */
function nameToSystem(): void {
  if (process.platform === 'win32') app.setAppUserModelId('org.espalier.workbench')
  if (app.isPackaged) app.setAsDefaultProtocolClient(addressScheme)
}

/** Gathers what is opened from now on, and hands it on once there is a window. Commands of a second start name paths from their own folder. */
function hearOpenings(): (answer: (opening: Opening) => void) => void {
  const early: Opening[] = []
  let answer = (opening: Opening): void => void early.push(opening)
  app.on('second-instance', (_, argv, folder) => answer(readOpening(ownWords(argv, app.isPackaged), folder)))
  for (const event of ['open-file', 'open-url'] as const)
    // macOS, which opens nothing a second time
    app.on(event as 'open-file', (prevented, named) => {
      prevented.preventDefault()
      answer(readOpening([named], '/'))
    })
  return (answerer) => {
    answer = answerer
    for (const opening of early) answerer(opening)
  }
}

/** The workspace that an address names, if this person opened it before: addresses may come from anywhere. */
function workspaceOf(address: string | null): string | null {
  const named = address === null ? null : (readAddress(address)?.workspace ?? null)
  return named !== null && isKnown(named) ? named : null
}

/** Ends a move that was begun from the menu, now that the workspace is closed. @returns false when it failed: the program starts again where the workspace is. */
function moveHere(workspace: string, words: readonly string[]): boolean {
  const from = words.map((word) => /^--moved-from=(.+)$/s.exec(word)?.[1]).find((named) => named !== undefined)
  if (from === undefined) return true
  try {
    moveWorkspace(from, workspace)
    void forgetWorkspace(from)
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    dialog.showErrorBox('The workspace was not moved', `${reason}\n\nIt is still in ${from}.`)
    app.relaunch({ args: [...(app.isPackaged ? [] : [app.getAppPath()]), `--workspace=${from}`] })
    app.exit(1)
    return false
  }
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
