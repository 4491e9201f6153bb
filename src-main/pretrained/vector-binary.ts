/**
 * Word vectors in the binary format of word2vec: "count width", then per row the word, a space and `width` float32,
 * little-endian.
 */
import { describeCut, excerpt, parseHeader, type Header } from './vector-rows.ts'
import type { ReadVectors } from './vector-reader.ts'

const space = 0x20
const lineFeed = 0x0a
/** Longest word in bytes. Bytes without a space for this long are no row. */
const longestWord = 10_000

export const readBinaryVectors: ReadVectors = (chunks, file, rows) =>
  walkBinaryVectors(chunks, file, ({ spelling, row, values }) => {
    if (rows.wants(spelling)) rows.put(spelling, parseFloats(values, `${file}, row ${row} ("${excerpt(spelling)}")`))
  })

/** A row as it stands in the file. */
interface BinaryRow {
  readonly spelling: string
  /** Number of the row, from 1. */
  readonly row: number
  /** Its vector, 4 bytes for each number. */
  readonly values: Uint8Array
  /** Offset and number of its bytes in the file, from its word on. */
  readonly offset: number
  readonly length: number
}

/** The places of all rows. Resolves to the width. @throws Error as reading does, needed rows apart. */
export function placeBinaryVectors(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  take: (row: Pick<BinaryRow, 'spelling' | 'row' | 'offset' | 'length'>) => void,
): Promise<number> {
  return walkBinaryVectors(chunks, file, take)
}

/** A row of so many numbers. @throws Error that names the place when a number is none. */
export function parseBinaryRow(
  bytes: Uint8Array,
  dimension: number,
  place: string,
): { readonly word: string; readonly vector: Float32Array } {
  const word = decode(bytes.subarray(0, bytes.length - 4 * dimension - 1)).replace(/^\n/, '')
  return { word, vector: parseFloats(bytes.slice(bytes.length - 4 * dimension), `${place} ("${excerpt(word)}")`) }
}

async function walkBinaryVectors(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  onRow: (row: BinaryRow) => void,
): Promise<number> {
  const bytes = readBytes(chunks)
  const head = await bytes.until(lineFeed, 100)
  const header = parseHeader(decode(head), file)
  if (!header) throw new Error(`${file}, line 1: expected how many vectors there are and their width`)
  const { count, dimension } = header
  let offset = (head?.length ?? 0) + 1
  for (let row = 1; row <= count; row++) {
    const wordBytes = await bytes.until(space, longestWord)
    if (wordBytes?.length === longestWord)
      throw new Error(`${file}, row ${row}: expected a word and a space, found ${longestWord} bytes without one`)
    const spelling = decode(wordBytes).replace(/^\n/, '') // some writers end rows with a line feed
    const values = await bytes.take(4 * dimension)
    if (!wordBytes || !values) throw new Error(`${describeCut(file, row - 1, count)}${orWidth(header)}`)
    const length = wordBytes.length + 1 + values.length
    onRow({ spelling, row, values, offset, length })
    offset += length
  }
  if (!(await isAtEnd(bytes)))
    throw new Error(
      `${file} goes on after the ${count} rows of width ${dimension} that its first line promises. ` +
        'Get the file again, or correct its first line if the count or the width there is too small.',
    )
  return dimension
}

/**
 * Hint at a wrong width. Rows have no ends to check the width by, so that it shows only when the file ends in the
 * middle of a row.
 */
const orWidth = ({ dimension }: Header): string => ` (or its rows are not ${dimension} wide, as its first line says)`

/** Whether the file ends here, or after one line feed: some writers end rows with one. */
async function isAtEnd(bytes: ByteReader): Promise<boolean> {
  const [next] = (await bytes.take(1)) ?? []
  return next === undefined || (next === lineFeed && (await bytes.take(1)) === null)
}

const decoder = new TextDecoder()
const decode = (bytes: Uint8Array | null): string => decoder.decode(bytes ?? new Uint8Array(0))

function parseFloats(bytes: Uint8Array, place: string): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const values = Float32Array.from({ length: bytes.length / 4 }, (_, at) => view.getFloat32(4 * at, true))
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0)
    throw new Error(
      `${place}: number ${wrong + 1} is ${values[wrong]}; expected little-endian float32. Get the file again.`,
    )
  return values
}

interface ByteReader {
  /**
   * Bytes before the next `end`, which is consumed too; null when the file ends before it, and `limit` bytes when it
   * is not among them.
   */
  until(end: number, limit: number): Promise<Uint8Array | null>
  /** The next `count` bytes; null when the file has fewer. */
  take(count: number): Promise<Uint8Array | null>
}

function readBytes(chunks: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = chunks[Symbol.asyncIterator]()
  let buffer: Uint8Array = new Uint8Array(0)

  async function grow(): Promise<boolean> {
    const { done, value } = await iterator.next()
    if (done) return false
    const longer = new Uint8Array(buffer.length + value.length)
    longer.set(buffer)
    longer.set(value, buffer.length)
    buffer = longer
    return true
  }

  function cut(count: number, skipped: number): Uint8Array {
    const part = buffer.subarray(0, count)
    buffer = buffer.subarray(count + skipped)
    return part
  }

  return {
    async until(end, limit) {
      for (;;) {
        const at = buffer.subarray(0, limit).indexOf(end)
        if (at >= 0) return cut(at, 1)
        if (buffer.length >= limit) return cut(limit, 0)
        if (!(await grow())) return null
      }
    },
    async take(count) {
      while (buffer.length < count) if (!(await grow())) return null
      return cut(count, 0)
    },
  }
}
