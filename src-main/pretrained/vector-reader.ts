/** Reader of one word-vector format: what it is given and what it answers. */

export interface VectorRows {
  /** Whether the row of this spelling is to be kept: the lower-case one wins over others, else the first. */
  wants(spelling: string): boolean
  put(spelling: string, vector: Float32Array): void
  toVectors(dimension: number): WordVectors
}

export interface WordVectors {
  readonly dimension: number
  /** In lower case. */
  readonly words: readonly string[]
  /** Row after row, `words.length` x `dimension`. */
  readonly values: Float32Array
}

/** Reads a whole file into `rows` and returns the width of its vectors. */
export type ReadVectors = (bytes: AsyncIterable<Uint8Array>, file: string, rows: VectorRows) => Promise<number>
