/** VectorIndex: where the row of each word lies in a word-vector file, kept on the disk, so that a few words cost a few rows. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import path from 'node:path'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import { parseBinaryRow } from '#main/pretrained/vector-binary'
import { parseInt8Row } from '#main/pretrained/vector-int8'
import { parseJsonRow } from '#main/pretrained/vector-json'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { parseTextRow } from '#main/pretrained/vector-text'
import type { VectorLayout } from '#main/pretrained/word-vectors'
import { entryBytes, placeOf, placesOf, type VectorPlace } from './vector-places.ts'

/** IndexFacts: the file that lies beside the places of an index. */
export interface IndexFacts {
  readonly format: typeof indexFormat
  readonly sha256: string
  readonly layout: VectorLayout
  readonly dimension: number
  /** How the width is known, for messages. */
  readonly widthSource: string
  readonly buckets: number
  /** Number of bytes of the places, and of the copy of the rows; null where they are read from the file itself. */
  readonly placesBytes: number
  readonly copyBytes: number | null
}

export const indexFormat = 'espalier-vector-index-1'

export interface IndexFiles {
  readonly facts: string
  readonly places: string
  /** Rows of a file that is packed or JSON, in which no row can be read alone. */
  readonly copy: string
}

export function indexFiles(folder: string, key: string): IndexFiles {
  const named = (ending: string): string => path.join(folder, `${key}.${ending}`)
  return { facts: named('json'), places: named('places'), copy: named('rows') }
}

/** The facts of an index; null where there is none, or not all of it. */
export function readFacts({ facts, places, copy }: IndexFiles): IndexFacts | null {
  try {
    const found = JSON.parse(readFileSync(facts, 'utf8')) as IndexFacts // written by buildIndex, last of the three
    const isWhole =
      found.format === indexFormat &&
      statSync(places).size === found.placesBytes &&
      (found.copyBytes === null || statSync(copy).size === found.copyBytes)
    return isWhole ? found : null
  } catch {
    return null
  }
}

/** Milliseconds of looking up before other work gets its turn. */
const sliceMs = 8

/**
 * Vectors of those of `words` (lower case) that have one, in their order.
 * @throws Error that names file and line or row where a row cannot be used; AppError 'cancelled' by the signal.
 */
export async function findVectors(
  file: string,
  files: IndexFiles,
  facts: IndexFacts,
  words: readonly string[],
  { signal, onBytes }: { readonly signal?: AbortSignal | undefined; readonly onBytes?: (bytes: number) => void },
): Promise<WordVectors> {
  const { dimension, buckets, copyBytes } = facts
  const places = openSync(files.places, 'r')
  const rows = openSync(copyBytes === null ? file : files.copy, 'r')
  try {
    const starts = new Uint32Array(bytesOf(places, 0, 4 * (buckets + 1)).buffer)
    const found: { readonly word: string; readonly vector: Float32Array }[] = []
    let sliceEnd = performance.now() + sliceMs
    for (const word of words) {
      const { bucket, mark } = placeOf(word, buckets)
      const [from = 0, to = 0] = starts.subarray(bucket, bucket + 2)
      const entries = bytesOf(places, 4 * (buckets + 1) + from * entryBytes, (to - from) * entryBytes)
      for (const place of placesOf(new Uint32Array(entries.buffer), mark)) {
        const row = parseRow(path.basename(file), facts, place, bytesOf(rows, place.offset, place.length))
        onBytes?.(place.length)
        if (row.word.toLowerCase() !== word) continue
        found.push({ word, vector: row.vector })
        break
      }
      if (performance.now() < sliceEnd) continue
      await yieldToEventLoop()
      if (signal?.aborted) throw new AppError('cancelled', `Reading ${file} was cancelled.`)
      sliceEnd = performance.now() + sliceMs
    }
    const values = new Float32Array(found.length * dimension)
    found.forEach(({ vector }, at) => values.set(vector, at * dimension))
    return { dimension, words: found.map(({ word }) => word), values }
  } finally {
    closeSync(places)
    closeSync(rows)
  }
}

function bytesOf(descriptor: number, offset: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length;) {
    const read = readSync(descriptor, bytes, at, length - at, offset + at)
    if (read === 0) throw new Error('The file became shorter while it was read: try again.')
    at += read
  }
  return bytes
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function parseRow(
  name: string,
  { layout, dimension, widthSource }: IndexFacts,
  { offset, number }: VectorPlace,
  bytes: Uint8Array,
): { readonly word: string; readonly vector: Float32Array } {
  if (layout === 'binary') return parseBinaryRow(bytes, dimension, `${name}, row ${number}`)
  if (layout === 'int8') return parseInt8Row(bytes, dimension, `${name}, row ${number}`)
  const text = decoder.decode(bytes)
  if (layout === 'text') {
    const line = (offset === 0 ? text.replace(/^\uFEFF/, '') : text).replace(/[ \r]+$/, '')
    return parseTextRow(line, { dimension, source: widthSource }, `${name}, line ${number}`)
  }
  const [word, value] = JSON.parse(text) as [string, unknown] // written by buildIndex
  return { word, vector: parseJsonRow(word, value, dimension, name) }
}
