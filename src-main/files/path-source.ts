/** Sources that lie at a path: regular files, and the pipes that a shell made for this program. */
import { createReadStream, statSync, type BigIntStats, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Source } from '#main/core/source'
import { isPlainName } from './plain-name.ts'
import { descriptorOf, refuseIrregular } from './regular.ts'
import { spooledSource } from './spooled-source.ts'
import { changedMeanwhile, unreadable } from './unreadable.ts'

/** Number of bytes that are read at once. */
const pieceBytes = 2 ** 18
/** Number of bytes that are read at once from a file whose size is not known, as those of /proc. */
const unknownBytes = 2 ** 12

/**
 * The file at the path, links followed; `name` is what messages call it. A pipe that the shell made for this program, such
 * as `<(…)` or /dev/stdin, is kept in a temporary file while it is read, so that it can be opened again.
 * @throws AppError not-found, storage, or invalid-input when it is a folder, a named pipe, a socket or a device.
 */
export function openPath(path: string, name = path): Source {
  const found = statOf(path, name)
  const descriptor = descriptorOf(path)
  if (descriptor !== null && (found.isFIFO() || found.isSocket()))
    return spooledSource(name, createReadStream('', { fd: descriptor }))
  refuseIrregular(found, name, 'a text file')
  return pathSource(path, name, found.size)
}

/** The source of a regular file that was looked at already; `size` counts its bytes. */
export function pathSource(path: string, name: string, size: number): Source {
  return {
    ...{ name, size },
    open: (signal) => readPieces(path, name, signal),
    beside: (other) => (isPlainName(other) ? findPath(join(dirname(path), other), join(dirname(name), other)) : null),
  }
}

/** The source at the path; null where no regular file is. */
function findPath(path: string, name: string): Source | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? pathSource(path, name, found.size) : null
}

function statOf(path: string, name: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw unreadable(name, error)
  }
}

async function* readPieces(path: string, name: string, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted()
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(name, error)
  })
  const failed = (error: unknown): never => {
    throw unreadable(name, error)
  }
  try {
    const before = await handle.stat({ bigint: true })
    const size = Number(before.size)
    let at = 0
    for (;;) {
      signal?.throwIfAborted()
      const piece = new Uint8Array(at < size ? Math.min(size - at, pieceBytes) : unknownBytes)
      const { bytesRead } = await handle.read(piece, 0, piece.length, at).catch(failed)
      if (bytesRead === 0) break
      at += bytesRead
      yield piece.subarray(0, bytesRead)
    }
    if (hasChanged(before, await handle.stat({ bigint: true }), at)) throw changedMeanwhile(name)
  } finally {
    await handle.close()
  }
}

/** A file has changed when it was written to between two looks at it. Files of /proc say that they have no bytes, and give some. */
function hasChanged(before: BigIntStats, after: BigIntStats, bytesRead: number): boolean {
  const isSame = before.size === after.size && before.mtimeNs === after.mtimeNs
  return !isSame || (before.size > 0n && before.size !== BigInt(bytesRead))
}
