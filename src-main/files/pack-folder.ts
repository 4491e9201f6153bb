/** Packs a folder and all that is in it into a zip archive, in natural order of the names. */
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { naturalKey } from './natural-order.ts'

export interface PackingOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the number of packed bytes of every piece. */
  readonly onPiece?: (bytes: number) => void
}

/** Writes the archive into `out` and ends it. Paths in it are relative to the folder. @throws Error of the file system or the stream. */
export async function packFolder(
  folder: string,
  out: Writable,
  { signal, onPiece }: PackingOptions = {},
): Promise<void> {
  const zip = new ZipFile()
  for (const name of await filesUnder(folder)) zip.addFile(join(folder, name), name.split(sep).join('/'))
  zip.end()
  zip.on('error', (error: Error) => out.destroy(error))
  if (onPiece) zip.outputStream.on('data', (piece: Uint8Array) => onPiece(piece.length))
  await pipeline(zip.outputStream, out, ...(signal ? [{ signal }] : []))
}

/** Paths of the files of a folder and its folders, relative to it. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort((one, other) => (naturalKey(one) < naturalKey(other) ? -1 : 1))
}
