/** VectorReader: reads one format of word vectors into the rows that are needed. */

export interface VectorRows {
  /** Whether to keep the row of this spelling: the lower-case spelling is preferred, else the first. */
  wants(spelling: string): boolean
  put(spelling: string, vector: Float32Array): void
  toVectors(dimension: number): WordVectors
}

export interface WordVectors {
  readonly dimension: number
  /** Words in lower case. */
  readonly words: readonly string[]
  /** Vectors row after row, `words.length` x `dimension`. */
  readonly values: Float32Array
}

/**
 * Reads a whole file into `rows` and returns the width of its vectors. @throws Error that names the file and the line,
 * row or word.
 */
export type ReadVectors = (bytes: AsyncIterable<Uint8Array>, file: string, rows: VectorRows) => Promise<number>
