/**
 * EncoderFiles: the BERT folders that runs were started with, one copy of each, by its hash: runs stay usable when the
 * folder they came from is moved or changed.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, win32 } from 'node:path'
import { makePrivateFolder, privateFileMode } from '#main/files/private'
import { AppError } from '#main/core/errors'

/** Bytes by file name. */
type Files = Readonly<Record<string, Uint8Array>>

export interface EncoderFiles {
  /** Does nothing where it is kept already. @throws RangeError on a name that is a path. @throws AppError 'storage' when it cannot be written; no half of it is left. */
  keep(sha256: string, files: Files): void
  /** Null when it was never kept. */
  read(sha256: string): Files | null
  /** Removes all others. */
  keepOnly(sha256s: ReadonlySet<string>): void
}

export function createEncoderFiles(folder: string): EncoderFiles {
  const path = (sha256: string) => {
    if (!/^[\da-f]{64}$/.test(sha256)) throw new RangeError(`"${sha256}" is no SHA-256`)
    return join(folder, sha256)
  }
  return {
    keep(sha256, files) {
      const present = path(sha256)
      Object.keys(files).forEach(assertPlain)
      if (existsSync(present)) return
      const coming = `${present}.coming`
      try {
        rmSync(coming, { recursive: true, force: true })
        makePrivateFolder(coming)
        for (const [name, bytes] of Object.entries(files))
          writeFileSync(join(coming, name), bytes, { mode: privateFileMode })
        renameSync(coming, present)
      } catch (error) {
        rmSync(coming, { recursive: true, force: true })
        const reason = error instanceof Error ? error.message : String(error)
        throw new AppError(
          'storage',
          `The encoder could not be copied into the workspace (${reason}). Free some space in ${folder}, then start the run again.`,
        )
      }
    },
    keepOnly(sha256s) {
      for (const name of existsSync(folder) ? readdirSync(folder) : [])
        if (!sha256s.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
    },
    read(sha256) {
      const present = path(sha256)
      if (!existsSync(present)) return null
      return Object.fromEntries(
        readdirSync(present).map((name) => [name, new Uint8Array(readFileSync(join(present, name)))]),
      )
    },
  }
}

/** Names come from the folder's own index: none may lead out of the copy, on any system. */
function assertPlain(name: string): void {
  if (name === '' || name === '.' || name === '..' || basename(name) !== name || win32.basename(name) !== name)
    throw new RangeError(`"${name}" is no name of a file within a folder`)
}
