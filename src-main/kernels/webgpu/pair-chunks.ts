/** Chunks of a batch's pairs whose logits fit into a buffer, with the tables by which programs find words. */
import * as tf from '@tensorflow/tfjs-core'

/** Consecutive first words with all second words of their sentences. */
export interface PairChunk {
  readonly firstRow: number
  readonly rows: number
  /** Number of the chunk's first pair in the batch; `pairs` is their number. */
  readonly firstPair: number
  readonly pairs: number
  /** First and second word of every pair, int32 [pairs x 2]. */
  readonly words: tf.Tensor1D
}

export interface PairTables {
  /** Table of rows: first row of the sentence, number of its words, number of the row's first pair; int32 [k x 3]. */
  readonly places: Int32Array
  readonly placesTensor: tf.Tensor1D
  readonly chunks: readonly PairChunk[]
}

/** Largest number of logits in a chunk, 32 MB. Cards have at least four times as much in one buffer. */
export const mostLogitsPerChunk = 8e6
/**
 * Number of pairs in a chunk. Cards start at most 65,535 groups of threads in one direction; a group takes 64 pairs,
 * or one row.
 */
const pairsPerChunk = 4e6
const rowsPerChunk = 65_535

/** Tables of a batch. The tensors belong to the tidy around the call. @throws Error when there is no pair. */
export function pairTables(
  lengths: readonly number[],
  relations: number,
  logitsPerChunk = mostLogitsPerChunk,
): PairTables {
  const places = placesOf(lengths)
  const rowCount = places.length / 3
  if (rowCount === 0) throw new Error('There is no pair to score: every sentence of the batch is empty')
  const most = Math.min(pairsPerChunk, Math.floor(logitsPerChunk / relations))
  const chunks: PairChunk[] = []
  for (let row = 0; row < rowCount;) {
    const firstRow = row
    const firstPair = places[3 * row + 2] ?? 0
    let end = firstPair
    while (row < rowCount && row - firstRow < rowsPerChunk) {
      const after = end + (places[3 * row + 1] ?? 0)
      if (after - firstPair > most && row > firstRow) break // a single row is a chunk, however long it is
      end = after
      row++
    }
    const [rows, pairs] = [row - firstRow, end - firstPair]
    chunks.push({ firstRow, rows, firstPair, pairs, words: tf.tensor1d(wordsOf(places, firstRow, row), 'int32') })
  }
  return { places, placesTensor: tf.tensor1d(places, 'int32'), chunks }
}

function placesOf(lengths: readonly number[]): Int32Array {
  const places = new Int32Array(3 * lengths.reduce((sum, length) => sum + length, 0))
  let [row, start, pair] = [0, 0, 0]
  for (const length of lengths) {
    for (const end = start + length; row < end; row++) {
      places.set([start, length, pair], 3 * row)
      pair += length
    }
    start = row
  }
  return places
}

function wordsOf(places: Int32Array, fromRow: number, toRow: number): Int32Array {
  const words: number[] = []
  for (let row = fromRow; row < toRow; row++) {
    const [start = 0, length = 0] = places.subarray(3 * row)
    for (let second = start; second < start + length; second++) words.push(row, second)
  }
  return Int32Array.from(words)
}

/** Gold cells of a chunk as one bit each: `wordsPerPair` numbers of 32 bits per pair, lowest bit first. */
export function goldBits(
  { places }: PairTables,
  chunk: PairChunk,
  cells: readonly number[],
  relations: number,
): tf.Tensor1D {
  const perPair = wordsPerPair(relations)
  const bits = new Int32Array(chunk.pairs * perPair)
  for (let at = 0; at < cells.length; at += 3) {
    const [subject = 0, object = 0, relation = 0] = cells.slice(at, at + 3)
    if (subject < chunk.firstRow || subject >= chunk.firstRow + chunk.rows) continue
    const [start = 0, , pair = 0] = places.subarray(3 * subject)
    const word = (pair - chunk.firstPair + object - start) * perPair + (relation >> 5)
    bits[word] = (bits[word] ?? 0) | (1 << (relation & 31))
  }
  return tf.tensor1d(bits, 'int32')
}

export const wordsPerPair = (relations: number): number => Math.ceil(relations / 32)
