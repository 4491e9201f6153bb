/**
 * EncoderFiles: the BERT folders that runs were started with, one copy of each, by its hash: runs stay usable when the
 * folder they came from is moved or changed. A copy that no longer has its hash is refused.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { basename, join, win32 } from 'node:path'
import { AppError } from '#main/core/errors'
import { findFolder, replaceFolder } from '#main/files/atomic'
import { DamagedFile, readChecked, writeChecked, type FolderBytes } from '#main/files/checked-folder'
import { hashTogether } from '#main/files/hashed'
import { createTurns } from './turns.ts'

export interface EncoderFiles {
  /**
   * Keeps a copy of an encoder, unless an undamaged one is kept already. `sha256` is that of the files together (`hashTogether`).
   * @throws RangeError on a name that is a path. @throws AppError 'storage' when it cannot be written; no half of it is left.
   */
  keep(sha256: string, files: FolderBytes): Promise<void>
  /** The files of a kept encoder; null when it was never kept. @throws DamagedFile */
  read(sha256: string): Promise<FolderBytes | null>
  /** Removes the encoders of all other hashes. */
  keepOnly(sha256s: ReadonlySet<string>): void
}

export function createEncoderFiles(folder: string): EncoderFiles {
  const inTurn = createTurns()
  const path = (sha256: string): string => {
    if (!/^[\da-f]{64}$/.test(sha256)) throw new RangeError(`"${sha256}" is no SHA-256`)
    return join(folder, sha256)
  }

  async function isKept(sha256: string): Promise<boolean> {
    try {
      return (await readKept(path(sha256), sha256)) !== null
    } catch (error) {
      if (error instanceof DamagedFile) return false
      throw error
    }
  }

  return {
    keep: (sha256, files) =>
      inTurn(sha256, async () => {
        Object.keys(files).forEach(assertPlain)
        if (await isKept(sha256)) return
        try {
          await replaceFolder(path(sha256), (coming) => writeChecked(coming, files))
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          throw new AppError(
            'storage',
            `The encoder could not be copied into the workspace (${reason}). Free some space in ${folder}, then start the run again.`,
          )
        }
      }),
    read: (sha256) => inTurn(sha256, () => readKept(path(sha256), sha256)),
    keepOnly(sha256s) {
      for (const name of existsSync(folder) ? readdirSync(folder) : [])
        if (!sha256s.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
    },
  }
}

async function readKept(place: string, sha256: string): Promise<FolderBytes | null> {
  const found = findFolder(place)
  if (found === null) return null
  const files = await readChecked(found)
  if ((await hashTogether(files)) === sha256) return files
  throw new DamagedFile(found, 'is damaged: its files do not have the SHA-256 that the folder is named by')
}

/** Names come from the folder's own index: none may lead out of the copy, on any system. */
function assertPlain(name: string): void {
  if (name === '' || name === '.' || name === '..' || basename(name) !== name || win32.basename(name) !== name)
    throw new RangeError(`"${name}" is no name of a file within a folder`)
}
