/** A file that another program is still writing, read as it grows: the standard input of a command, which is kept in it. */
import { existsSync } from 'node:fs'
import { open, writeFile, type FileHandle } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { privateFileMode } from './private.ts'
import { unreadable } from './unreadable.ts'

const pieceBytes = 2 ** 18

/** Milliseconds between two looks at a file that has nothing new. */
const pauseMs = 20

/** The mark that says that a file is whole. */
const endOf = (path: string): string => `${path}.end`

/** Marks a file as whole. */
export async function markWhole(path: string): Promise<void> {
  await writeFile(endOf(path), '', { mode: privateFileMode })
}

export interface GrowingSource extends Source {
  /** The first bytes, at least one piece of them, once they are there; fewer than four only of a file that has no more. */
  head(signal?: AbortSignal): Promise<Uint8Array>
  /** Resolves when the file is whole. @throws AppError when its writer is gone. */
  whole(signal?: AbortSignal): Promise<void>
}

/**
 * The file as it grows, until it is marked as whole. An empty piece tells that there is nothing more for now.
 * @param writerId process that writes the file.
 */
export function growingSource(path: string, name: string, writerId: number): GrowingSource {
  async function isWhole(signal?: AbortSignal): Promise<boolean> {
    signal?.throwIfAborted()
    if (existsSync(endOf(path))) return true
    if (isAlive(writerId) || existsSync(endOf(path))) return false
    throw new AppError(
      'invalid-input',
      `${name} ended in the middle: the command that passed it on was stopped. Start it again.`,
    )
  }

  async function* pieces(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const handle = await open(path, 'r').catch((error: unknown) => {
      throw unreadable(name, error)
    })
    try {
      let isTold = false
      for (let at = 0; ;) {
        const isEnd = await isWhole(signal) // looked at before the bytes: what was written until then is read
        const piece = await readAt(handle, at).catch((error: unknown) => {
          throw unreadable(name, error) // of a folder, say
        })
        at += piece.length
        if (piece.length > 0) yield piece
        else if (isEnd) return
        else {
          if (!isTold) yield piece
          await wait(pauseMs, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted())
        }
        isTold = piece.length === 0
      }
    } finally {
      await handle.close()
    }
  }

  return {
    ...{ name, size: null, beside: () => null },
    open: pieces,
    async head(signal) {
      let head: Uint8Array = new Uint8Array(0)
      for await (const piece of pieces(signal)) {
        head = Buffer.concat([head, piece])
        if (head.length >= 4) break
      }
      return head
    },
    async whole(signal) {
      while (!(await isWhole(signal))) await wait(pauseMs, undefined, signal ? { signal } : {})
    },
  }
}

async function readAt(handle: FileHandle, at: number): Promise<Uint8Array> {
  const piece = new Uint8Array(pieceBytes)
  const { bytesRead } = await handle.read(piece, 0, piece.length, at)
  return piece.subarray(0, bytesRead)
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
