/** Rows of a word-vector file that are needed: one per word, whatever its spelling in the file. */
import type { VectorRows } from './vector-reader.ts'

/** Collects the rows of words in lower case. */
export function collectRows(needed: ReadonlySet<string>): VectorRows {
  const rows = new Map<string, { readonly spelling: string; readonly vector: Float32Array }>()
  return {
    wants(spelling) {
      const word = spelling.toLowerCase()
      if (!needed.has(word)) return false
      const rival = rows.get(word)
      return !rival || (spelling === word && rival.spelling !== word)
    },
    put: (spelling, vector) => void rows.set(spelling.toLowerCase(), { spelling, vector }),
    toVectors(dimension) {
      const values = new Float32Array(rows.size * dimension)
      ;[...rows.values()].forEach(({ vector }, row) => values.set(vector, row * dimension))
      return { dimension, words: [...rows.keys()], values }
    },
  }
}

/** Numbers in the first line of some files. */
export interface Header {
  readonly count: number
  readonly dimension: number
}

/** Header of a file; null when the line is none. @throws Error when a number in it is 0. */
export function parseHeader(line: string, file: string): Header | null {
  const [, count, dimension] = /^(\d+) (\d+)\r?$/.exec(line) ?? []
  if (!count || !dimension) return null
  if (Number(count) >= 1 && Number(dimension) >= 1) return { count: Number(count), dimension: Number(dimension) }
  throw new Error(
    `${file}, line 1: expected a count and a width of at least 1, found "${excerpt(line)}". Get the file again.`,
  )
}

/** Refuses a file whose number of rows differs from the number at its beginning. */
export function assertCount(file: string, count: number, promised: number): void {
  if (count < promised) throw new Error(describeCut(file, count, promised))
  if (count > promised)
    throw new Error(
      `${file} holds ${count} word vectors, more than the ${promised} that its beginning promises: ` +
        'correct the number there if all of them belong to it, or get the file again',
    )
}

export function describeCut(file: string, count: number, promised: number): string {
  return `${file} holds ${count} word vectors, but its beginning promises ${promised}: it is cut off, get it again`
}

/** Converts decimal numbers. @throws Error when one is larger than float32 can hold. */
export function toFloats(numbers: readonly number[], place: string): Float32Array {
  const floats = Float32Array.from(numbers)
  const wrong = floats.findIndex((float) => !Number.isFinite(float))
  if (wrong >= 0)
    throw new Error(
      `${place}: number ${wrong + 1} is ${numbers[wrong]}, more than float32 can hold (3.4e+38). Correct it or get the file again.`,
    )
  return floats
}

export const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
