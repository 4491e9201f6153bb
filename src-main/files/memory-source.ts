/** Sources in memory: what a test, a sample or a short standard input brings. */
import { dirname, join } from 'node:path'
import type { Source } from '#main/core/source'

/** The text, which becomes UTF-8, or the bytes of files by name. */
export type MemoryFiles = Readonly<Record<string, string | Uint8Array>>

/**
 * A source of a text or of bytes.
 * @param beside the other files of its folder, which also lie beside one another.
 * @param pieceBytes number of bytes of a piece.
 */
export function memorySource(
  name: string,
  content: string | Uint8Array,
  beside: MemoryFiles = {},
  pieceBytes = 2 ** 16,
): Source {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    ...{ name, size: bytes.length },
    open: (signal) => piecesOf(bytes, pieceBytes, signal),
    beside(other) {
      const found = Object.hasOwn(beside, other) ? beside[other] : undefined
      return found === undefined ? null : memorySource(join(dirname(name), other), found, beside, pieceBytes)
    },
  }
}

async function* piecesOf(bytes: Uint8Array, length: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) {
    signal?.throwIfAborted()
    yield bytes.subarray(at, at + length)
  }
}
