/** vectors.bin: vectors of words that the model was not trained on, in the binary format of word2vec, and its rows by word. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { pieceBytes } from '#main/files/hashed'
import type { WordVectors } from '#main/pretrained/vector-reader'

export const vectorsName = 'vectors.bin'

/** Rows of a file that stay on the disk until they are asked for. */
export interface FolderVectors {
  readonly count: number
  readonly words: Iterable<string>
  readonly dimension: number
  /** Of the whole file. */
  readonly sha256: string
  /** Vectors of those of the words (lower case) that have one; null where none has. */
  of(words: Iterable<string>): Promise<WordVectors | null>
}

const space = 0x20

/** The vectors without those of words with a space or a line feed: rows begin with a word and a space, and no text has such words. */
export function writableVectors({ dimension, words, values }: WordVectors): WordVectors {
  return chosenRows({ dimension, words, values }, (word) => !/[ \n]/.test(word))
}

/** The rows of some words, in their order. */
export function chosenRows(
  { dimension, words, values }: WordVectors,
  isChosen: (word: string) => boolean,
): WordVectors {
  const rows = [...words.keys()].filter((row) => isChosen(words[row] ?? ''))
  const chosen = new Float32Array(rows.length * dimension)
  rows.forEach((row, at) => chosen.set(values.subarray(row * dimension, (row + 1) * dimension), at * dimension))
  return { dimension, words: rows.flatMap((row) => words[row] ?? []), values: chosen }
}

/** @returns the SHA-256 of the file. */
export async function writeVectors(file: string, { dimension, words, values }: WordVectors): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(file, 'w')
  try {
    let gathered: Uint8Array[] = [Buffer.from(`${words.length} ${dimension}\n`)]
    let bytes = 0
    const flush = async (): Promise<void> => {
      const piece = Buffer.concat(gathered)
      gathered = []
      bytes = 0
      hash.update(piece)
      for (let at = 0; at < piece.length;) at += (await handle.write(piece, at)).bytesWritten
    }
    for (const [row, word] of words.entries()) {
      const vector = values.subarray(row * dimension, (row + 1) * dimension)
      gathered.push(Buffer.from(`${word} `), new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength))
      if ((bytes += vector.byteLength) >= pieceBytes) await flush()
    }
    await flush()
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

/** @param pieces the bytes of the file, which are gone through to the end. @throws what `pieces` throws; Error when it has other rows. */
export async function indexVectors(
  file: string,
  pieces: AsyncIterable<Uint8Array>,
  sha256: string,
): Promise<FolderVectors> {
  const places = new Map<string, number>()
  let rest: Uint8Array = new Uint8Array(0)
  let start = 0
  let header: { readonly count: number; readonly dimension: number } | null = null
  for await (const piece of pieces) {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let at = 0
    if (!header) {
      const end = rest.indexOf(0x0a)
      const [count = 0, dimension = 0] = Buffer.from(rest.subarray(0, Math.max(end, 0)))
        .toString()
        .split(' ')
        .map(Number)
      header = { count, dimension }
      at = end + 1
    }
    const width = 4 * header.dimension
    for (;;) {
      const end = rest.indexOf(space, at)
      if (end < 0 || end + 1 + width > rest.length) break
      places.set(Buffer.from(rest.buffer, rest.byteOffset + at, end - at).toString(), start + end + 1)
      at = end + 1 + width
    }
    start += at
    rest = rest.subarray(at)
  }
  if (!header || rest.length > 0 || places.size !== header.count)
    throw new Error(`${file} does not hold the rows that its first line promises. Export the model anew.`)
  return {
    ...header,
    sha256,
    words: places.keys().toArray(),
    of: (words) => rowsOf(file, places, header.dimension, words),
  }
}

async function rowsOf(
  file: string,
  places: ReadonlyMap<string, number>,
  dimension: number,
  asked: Iterable<string>,
): Promise<WordVectors | null> {
  const words = [...new Set(asked)].filter((word) => places.has(word))
  if (words.length === 0) return null
  const values = new Float32Array(words.length * dimension)
  const bytes = new Uint8Array(values.buffer)
  const handle = await open(file, 'r')
  try {
    for (const [row, word] of words.entries())
      await handle.read(bytes, row * 4 * dimension, 4 * dimension, places.get(word) ?? 0)
  } finally {
    await handle.close()
  }
  return { dimension, words, values }
}
