/**
 * A workspace that cannot be written to (a full disk, a write-protected folder, somebody else's) is read from a copy of its database in the temporary
 * folder: SQLite writes files beside a database even where it only reads. Checkpoints and encoders are read where they are.
 */
import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '#main/core/errors'
import { privateFileMode } from '#main/files/private'
import { unwritable } from '#main/files/unwritable'
import { databaseName } from './workspace-names.ts'

export interface ReadOnlyCopy {
  readonly folder: string
  /** Removes the copy. */
  remove(): void
}

/** Bytes that the log of the database needs before anything else can be written. */
const leastFree = 2 ** 18

/** Sentence that says why nothing can be written into a workspace that is there; null where it can, and where there is none. */
export function whyReadOnly(root: string): string | null {
  const database = join(root, databaseName)
  if (!existsSync(database)) return null
  const probe = join(root, 'espalier.probe')
  try {
    accessSync(database, constants.W_OK)
    const handle = openSync(probe, 'w', privateFileMode)
    try {
      writeSync(handle, new Uint8Array(leastFree))
    } finally {
      closeSync(handle)
    }
    return null
  } catch (error) {
    return reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? null // whatever else it is, opening says it better
  } finally {
    removeProbe(probe)
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full: free some space, and start Espalier again',
  EDQUOT: 'your share of its disk is full: free some space, and start Espalier again',
  EFBIG: 'its disk takes no more: free some space, and start Espalier again',
  EACCES: 'this user may not write there: allow it, or copy the folder to a place of your own',
  EPERM: 'this user may not write there: allow it, or copy the folder to a place of your own',
  EROFS: 'its disk may only be read: copy the folder to another one to work on it',
}

function removeProbe(probe: string): void {
  try {
    rmSync(probe, { force: true })
  } catch {
    return // where nothing can be written nothing was
  }
}

/** @throws AppError 'storage' where the temporary folder has no room for the copy. */
export function copyForReading(root: string): ReadOnlyCopy {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-reading-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    for (const ending of ['', '-wal'])
      if (existsSync(join(root, `${databaseName}${ending}`)))
        copyFileSync(join(root, `${databaseName}${ending}`), join(folder, `${databaseName}${ending}`))
    for (const name of ['checkpoints', 'encoders', 'vectors', 'states'])
      if (statSync(join(root, name), { throwIfNoEntry: false })?.isDirectory())
        symlinkSync(join(root, name), join(folder, name), 'junction')
    return { folder, remove }
  } catch (error) {
    remove()
    throw (error as NodeJS.ErrnoException).code === 'EACCES'
      ? new AppError('storage', `The workspace ${root} may not be read by this user. Ask its owner for it.`)
      : unwritable(folder, error)
  }
}
