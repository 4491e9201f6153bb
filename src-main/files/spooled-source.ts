/**
 * Sources whose bytes come only once, as those of a pipe. What was read is kept in a private temporary file, so that a
 * format can be recognised by the first bytes and read from the beginning.
 */
import { closeSync, mkdtempSync, openSync, read, rmSync, write } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { privateFileMode } from './private.ts'
import { unreadable } from './unreadable.ts'

const pieceBytes = 2 ** 18

const readInto = promisify(read)
const writeFrom = promisify(write)

/** A source of bytes that can be had once, read as far as somebody asks for them; nothing lies beside it. */
export function spooledSource(name: string, bytes: AsyncIterable<Uint8Array>): Source {
  const coming = bytes[Symbol.asyncIterator]()
  /** The next piece while it has not come, since whoever asked for it may have given up; null at the end of all. */
  let asked: Promise<Uint8Array | null> | null = null
  let spool: Spool | null = null

  async function fetchPiece(): Promise<Uint8Array | null> {
    try {
      const { done, value } = await coming.next()
      if (done) return null
      spool ??= createSpool(name)
      await spool.append(value)
      asked = null
      return value
    } catch (error) {
      throw unreadable(name, error)
    }
  }

  async function* readAll(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    for (let at = 0; ;) {
      signal?.throwIfAborted()
      const isKept = spool !== null && at < spool.length()
      const piece = isKept ? await spool?.readAt(at) : await orAbort((asked ??= fetchPiece()), signal)
      if (!piece) return
      at += piece.length
      yield piece
    }
  }

  return { name, size: null, open: readAll, beside: () => null }
}

interface Spool {
  length(): number
  append(bytes: Uint8Array): Promise<void>
  readAt(at: number): Promise<Uint8Array>
}

/** A file that loses its name at once: the system frees it with the process, however that ends. */
function createSpool(name: string): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'espalier-spool-'))
  const file = openSync(join(folder, 'bytes'), 'wx+', privateFileMode)
  process.once('exit', () => closeSync(file))
  rmSync(folder, { recursive: true, force: true })
  let length = 0
  return {
    length: () => length,
    async append(bytes) {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await writeFrom(file, bytes, at, bytes.length - at, length).catch((error: Error) => {
          throw new AppError(
            'storage',
            `${name} cannot be kept in ${tmpdir()}: ${error.message}. Free some space, or write it into a file and name that file.`,
          )
        })
        at += bytesWritten
        length += bytesWritten
      }
    },
    async readAt(at) {
      const piece = new Uint8Array(Math.min(pieceBytes, length - at))
      const { bytesRead } = await readInto(file, piece, 0, piece.length, at)
      return piece.subarray(0, bytesRead)
    },
  }
}

/** Waits for the promise, or fails with the signal's reason when that comes first. */
async function orAbort<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = (): void => reject(signal.reason as Error)
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
