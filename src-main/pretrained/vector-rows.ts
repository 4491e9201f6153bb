/** The rows of a word-vector file that are needed: one per word, whatever its spelling there. */
import type { WordVectors } from './word-vectors.ts'

export interface VectorRows {
  /** Whether the row of this spelling is to be kept: the lower-case one wins over others, else the first. */
  wants(spelling: string): boolean
  put(spelling: string, vector: Float32Array): void
  toVectors(dimension: number): WordVectors
}

/** Of `needed` words in lower case. */
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

/** Of a file that promises more rows than it has. */
export function describeCut(file: string, count: number, promised: number): string {
  return `${file} holds ${count} word vectors, but its beginning promises ${promised}: it is cut off, get it again`
}

export const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
