/** The file that an extraction is written to while it goes on: what is in it and how far the job is are always the same. */
import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '#main/core/errors'
import { gatherText } from '#main/core/gather-text'
import { syncFolder } from '#main/files/atomic'
import { alreadyThere, unwritable } from '#main/files/unwritable'

export interface ResultsFile {
  /** Number of bytes that are in it. */
  readonly written: number
  /** Adds texts; they are on the disk when this resolves. */
  append(texts: Iterable<string>): Promise<void>
  close(): Promise<void>
}

/** Name of a file until it is whole. */
const comingName = (path: string): string => `${path}.part`

/**
 * Tries whether a file can be written at the path, before there is a job, and leaves nothing there.
 * @throws AppError when something is there that may not be replaced or is no file, or when no file can be made beside it.
 */
export async function refuseTaken(path: string, replace: boolean): Promise<void> {
  const found = await stat(path).catch(() => null)
  if (found?.isDirectory()) throw new AppError('invalid-input', `${path} is a folder. Name a file to write to.`)
  if (found && !found.isFile())
    throw new AppError(
      'invalid-input',
      `${path} is a device or a pipe, and a job writes a file that it can go on with. Name a file, or let the results go to standard output.`,
    )
  if (found && !replace) throw alreadyThere(path)
  const coming = comingName(path)
  const wasThere = await stat(coming).then(
    () => true,
    () => false,
  )
  const handle = await open(coming, 'a').catch((error: unknown) => Promise.reject(unwritable(path, error)))
  await handle.close()
  if (!wasThere) await rm(coming, { force: true })
}

/**
 * Opens the file with what a job is known to have written to it: what came after that, before a kill, is cut off.
 * @param written number of bytes, 0 for a new file.
 * @throws AppError 'conflict' when it is gone or holds less.
 */
export async function openResultsFile(path: string, written: number): Promise<ResultsFile> {
  const coming = comingName(path)
  const handle = await open(coming, written === 0 ? 'w' : 'r+').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && written > 0) throw lost(coming)
    throw unwritable(path, error)
  })
  const { size } = await handle.stat()
  if (size < written) {
    await handle.close()
    throw lost(coming)
  }
  await handle.truncate(written)
  let end = written
  return {
    get written() {
      return end
    },
    async append(texts) {
      let coming = end
      try {
        for (const text of gatherText(texts)) coming += await writeAt(handle, new TextEncoder().encode(text), coming)
        await handle.datasync()
      } catch (error) {
        throw unwritable(path, error)
      }
      end = coming
    },
    close: () => handle.close(),
  }
}

/** Writes bytes from a place of the file on. @returns their number. */
async function writeAt(handle: FileHandle, bytes: Uint8Array, place: number): Promise<number> {
  let written = 0
  while (written < bytes.length)
    written += (await handle.write(bytes, written, bytes.length - written, place + written)).bytesWritten
  return written
}

/** Gives a file that is whole its name. It may have it already, when a kill came in between. */
export async function publishResults(path: string): Promise<void> {
  try {
    await rename(comingName(path), path)
    await syncFolder(dirname(path))
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw unwritable(path, error)
    if (!isThere) throw lost(comingName(path))
  }
}

/** Removes what was written of a file that will never be whole. */
export async function discardResults(path: string): Promise<void> {
  await rm(comingName(path), { force: true })
}

function lost(file: string): AppError {
  return new AppError(
    'conflict',
    `${file} is gone or shorter than what was extracted into it. Put it back, or extract again.`,
  )
}
