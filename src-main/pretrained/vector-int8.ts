/**
 * Word vectors at one byte a number: "espalier-vectors-1 count width", then per row the word, a space, its scale as
 * float32, little-endian, and `width` int8. A number of the vector is its int8 times the scale of the row.
 */
import { describeCut, excerpt, parseHeader } from './vector-rows.ts'
import type { ReadVectors, WordVectors } from './vector-reader.ts'

/** Beginning of the first line, by which the format is recognised. */
export const int8Magic = 'espalier-vectors-1 '

const space = 0x20
const lineFeed = 0x0a
const scaleBytes = 4
const mostSteps = 127

/** A row as it stands in the file. */
export interface Int8Row {
  readonly spelling: string
  /** Number of the row, from 1. */
  readonly row: number
  /** Offset and number of its bytes in the file, from its word on. */
  readonly offset: number
  readonly length: number
}

/** Reads the file whole: files of this format are small. */
export const readInt8Vectors: ReadVectors = async (chunks, file, rows) => {
  const bytes = await readWhole(chunks)
  return placeInt8Rows(bytes, file, ({ spelling, row, offset, length }, dimension) => {
    if (!rows.wants(spelling)) return
    const own = bytes.subarray(offset, offset + length)
    rows.put(spelling, parseInt8Row(own, dimension, `${file}, row ${row}`).vector)
  })
}

/** The places of all rows. Resolves to the width. @throws Error as reading does, needed rows apart. */
export async function placeInt8Vectors(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  take: (row: Int8Row) => void,
): Promise<number> {
  return placeInt8Rows(await readWhole(chunks), file, take)
}

async function readWhole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return joined(parts)
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

const decoder = new TextDecoder()

function headerOf(bytes: Uint8Array, file: string): { readonly count: number; readonly dimension: number } {
  const line = decoder.decode(bytes.subarray(0, Math.max(0, bytes.indexOf(lineFeed))))
  const header = line.startsWith(int8Magic) ? parseHeader(line.slice(int8Magic.length), file) : null
  if (header) return header
  throw new Error(`${file}, line 1: expected "${int8Magic.trim()}", how many vectors there are and their width`)
}

/** The places of all rows of a whole file. Returns the width. @throws Error when it has fewer bytes than its rows need, or more. */
export function placeInt8Rows(
  bytes: Uint8Array,
  file: string,
  take: (row: Int8Row, dimension: number) => void,
): number {
  const { count, dimension } = headerOf(bytes, file)
  let offset = bytes.indexOf(lineFeed) + 1
  for (let row = 1; row <= count; row++) {
    const end = bytes.indexOf(space, offset)
    const length = end - offset + 1 + scaleBytes + dimension
    if (end < 0 || offset + length > bytes.length) throw new Error(describeCut(file, row - 1, count))
    take({ spelling: decoder.decode(bytes.subarray(offset, end)), row, offset, length }, dimension)
    offset += length
  }
  if (offset !== bytes.length)
    throw new Error(`${file} goes on after the ${count} rows that its first line promises. Get the file again.`)
  return dimension
}

/** A row of so many numbers. @throws Error that names the place when its scale is no number. */
export function parseInt8Row(
  bytes: Uint8Array,
  dimension: number,
  place: string,
): { readonly word: string; readonly vector: Float32Array } {
  const start = bytes.length - scaleBytes - dimension
  const word = decoder.decode(bytes.subarray(0, start - 1))
  const view = new DataView(bytes.buffer, bytes.byteOffset + start)
  const scale = view.getFloat32(0, true)
  if (!Number.isFinite(scale))
    throw new Error(`${place} ("${excerpt(word)}"): its scale is ${scale}. Get the file again.`)
  return { word, vector: Float32Array.from({ length: dimension }, (_, at) => scale * view.getInt8(scaleBytes + at)) }
}

/** The bytes of a file with these vectors. Each number is rounded to a 127th of the largest of its row. */
export function formatInt8Vectors({ dimension, words, values }: WordVectors): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = [encoder.encode(`${int8Magic}${words.length} ${dimension}\n`)]
  for (const [row, word] of words.entries()) {
    const vector = values.subarray(row * dimension, (row + 1) * dimension)
    const scale = Math.fround(vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / mostSteps)
    const bytes = new Uint8Array(scaleBytes + dimension)
    const view = new DataView(bytes.buffer)
    view.setFloat32(0, scale, true)
    vector.forEach((value, at) => view.setInt8(scaleBytes + at, scale === 0 ? 0 : Math.round(value / scale)))
    parts.push(encoder.encode(`${word} `), bytes)
  }
  return joined(parts)
}
