/** Answers what a person opens with the program while it runs: corpus files, addresses of sentences, other workspaces. */
import { spawn } from 'node:child_process'
import path from 'node:path'
import { app, type BrowserWindow } from 'electron'
import { readAddress } from '#main/api/address'
import { readRecent } from '#main/services/workspaces/recent-workspaces'
import type { ChosenPaths } from './chosen-paths.ts'
import { tell } from './dialogs.ts'
import type { Opening } from './launch.ts'
import type { WindowCommands } from './window-commands.ts'

interface Parts {
  readonly window: BrowserWindow
  /** Folder of the open workspace. */
  readonly workspace: string
  readonly chosen: ChosenPaths
  readonly commands: WindowCommands
}

/** Brings the window to the front and does what the opening asks for; other workspaces open beside this one. */
export function answerOpening(opening: Opening, { window, workspace, chosen, commands }: Parts): void {
  if (window.isMinimized()) window.restore()
  window.focus()
  if (opening.workspace !== null && opening.workspace !== workspace) return openBeside(opening.workspace, opening)
  for (const file of opening.files) chosen.add(file)
  if (opening.files.length > 0) {
    const files = opening.files.map((file) => ({ path: file, name: path.basename(file) }))
    commands.send({ type: 'import', files })
  }
  if (opening.address !== null) followAddress(opening.address)

  function followAddress(text: string): void {
    const address = readAddress(text)
    if (!address) return void tell(window, 'This is no address of a sentence', text.slice(0, 300))
    const named = address.workspace
    if (named === null || named === workspace) commands.send({ type: 'go', to: `/annotate/${address.sentenceId}` })
    // an address may come from anywhere: it opens no folder that this person has not opened before
    else if (isKnown(named)) openBeside(named, { ...opening, files: [] })
    else void tell(window, 'The workspace of this address was never opened here', named.slice(0, 300))
  }
}

export const isKnown = (workspace: string): boolean => readRecent().some(({ folder }) => folder === workspace)

/** Starts the program a second time, on another workspace. */
function openBeside(workspace: string, { files, address }: Opening): void {
  const own = app.isPackaged ? [] : [app.getAppPath()]
  const words = [`--workspace=${workspace}`, ...files, ...(address === null ? [] : [address])]
  spawn(process.execPath, [...own, ...words], { detached: true, stdio: 'ignore' }).unref()
}
