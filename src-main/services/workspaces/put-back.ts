/**
 * Putting a kept backup in place of the database: asked for while the workspace is open, and done by the next opening, since nobody may have
 * the database open meanwhile. The command line does it at once, on a closed workspace.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { KeptBackup } from '#main/document/kept-backup'
import { privateFileMode } from '#main/files/private'
import { readOwnPackage } from '#main/machine/own-package'
import { listKept } from '#main/storage/backup/kept-backups'
import { findKept, putBack, type PutBack } from '#main/storage/backup/put-back'
import { formatMoment } from '#main/text/moment'

const requestIn = (folder: string): string => path.join(folder, 'espalier.put-back')

/** @throws AppError 'not-found' that lists the backups there are. */
export function requestPutBack(folder: string, name: string): void {
  const { name: found } = findKept(folder, name)
  writeFileSync(requestIn(folder), found, { mode: privateFileMode })
}

/** Does what was asked for, if anything was. A copy that turns out to be damaged leaves everything as it was, and is told. */
export async function carryOutPutBack(folder: string, nowMs: number, tell: (message: string) => void): Promise<void> {
  const name = takeRequest(folder)
  if (name === null) return
  try {
    tell(describePutBack(await putBackAt(folder, name, nowMs)))
  } catch (error) {
    tell(`The backup was not restored: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The kept backups of a workspace that need not be open, latest first. */
export const keptBackupsIn = (folder: string): readonly KeptBackup[] => listKept(path.resolve(folder))

/** @throws AppError as `putBack` does. */
export function putBackAt(folder: string, name: string, nowMs: number): Promise<PutBack> {
  return putBack(path.resolve(folder), name, { nowMs, version: readOwnPackage().version })
}

export function describePutBack({ backup, kept }: PutBack): string {
  const restored = `Restored the database as it was ${formatMoment(backup.createdMs)}.`
  return kept === null ? restored : `${restored} What was there is kept in ${kept}.`
}

/** The request is taken away first: what fails is not tried again and again. */
function takeRequest(folder: string): string | null {
  try {
    const name = readFileSync(requestIn(folder), 'utf8')
    rmSync(requestIn(folder))
    return name
  } catch {
    return null
  }
}
