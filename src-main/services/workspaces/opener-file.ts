/** The file in a workspace that file managers open with Espalier: a folder has no program of its own. */
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { privateFileMode } from '#main/files/private'
import { openerName } from '#main/storage/workspace-names'

export { databaseName } from '#main/storage/workspace-names'

export const openerEnding = '.espalier'

const content = 'Open this file with Espalier to open the workspace in this folder.\n'

/** Writes the file where it is missing; a workspace that cannot be written works without it. */
export function offerToFileManagers(workspace: string): void {
  const file = path.join(workspace, openerName)
  if (existsSync(file)) return
  try {
    writeFileSync(file, content, { mode: privateFileMode, flag: 'wx' })
  } catch {
    return
  }
}
