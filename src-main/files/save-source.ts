/** Saves a source as a private file, with its SHA-256, a piece at a time. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { Source } from '#main/core/source'
import { privateFileMode } from './private.ts'
import { unwritable } from './unwritable.ts'

export interface SavedFile {
  readonly bytes: number
  /** As 64 lower-case hexadecimal digits. */
  readonly sha256: string
}

export interface SavingOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the number of bytes of every piece. */
  readonly onPiece?: (bytes: number) => void
}

/** The file is on the disk when it resolves. @throws AppError naming the source or the file that failed. */
export async function saveSource(source: Source, file: string, options: SavingOptions = {}): Promise<SavedFile> {
  const hash = createHash('sha256')
  const failed = (error: unknown): never => {
    throw unwritable(file, error)
  }
  const handle = await open(file, 'wx', privateFileMode).catch(failed)
  let bytes = 0
  try {
    for await (const piece of source.open(options.signal)) {
      hash.update(piece)
      for (let at = 0; at < piece.length;) at += (await handle.write(piece, at).catch(failed)).bytesWritten
      bytes += piece.length
      options.onPiece?.(piece.length)
    }
    await handle.sync().catch(failed)
  } finally {
    await handle.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}

/** The sum of what a source gives, without saving it. */
export async function hashSource(source: Source, { signal, onPiece }: SavingOptions = {}): Promise<SavedFile> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of source.open(signal)) {
    hash.update(piece)
    bytes += piece.length
    onPiece?.(piece.length)
  }
  return { bytes, sha256: hash.digest('hex') }
}
