/** Equation (11) over all pairs of a batch, tile by tile: the features of a pair live only as long as their tile. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairInputs } from './pairs.ts'

/** Consecutive first words of one sentence, with all of its second words. */
export interface PairTile {
  /** First packed row of the first words; `rows` is their number. */
  readonly first: number
  readonly rows: number
  /** First packed row of the sentence; `length` is its number of words. */
  readonly start: number
  readonly length: number
}

/**
 * Number of floats (8 MB) of features and logits in a tile, so that neither a batch nor a long sentence fills the
 * memory.
 */
const tileBudget = 2e6

/** Tiles of all sentences in the order of their rows; a pair needs `width` floats. */
export function tilesOf(lengths: readonly number[], width: number): PairTile[] {
  let start = 0
  return lengths.flatMap((length) => {
    const perTile = Math.max(1, Math.floor(tileBudget / (length * width)))
    const tiles = Array.from({ length: Math.ceil(length / perTile) }, (_, tile) => ({
      first: start + tile * perTile,
      rows: Math.min(perTile, length - tile * perTile),
      start,
      length,
    }))
    start += length
    return tiles
  })
}

/** Features relu(left_i + right_j) of a tile [rows x length, d]; the second words of one first word are consecutive. */
export function featuresOf({ left, right }: Pick<PairInputs, 'left' | 'right'>, tile: PairTile): tf.Tensor2D {
  const { first, rows, start, length } = tile
  const width = left.shape[1]
  return tf.tidy(() => {
    const a = tf.reshape(tf.slice2d(left, [first, 0], [rows, width]), [rows, 1, width])
    const b = tf.reshape(tf.slice2d(right, [start, 0], [length, width]), [1, length, width])
    return tf.relu(tf.reshape<tf.Rank.R2>(tf.add(a, b), [rows * length, width]))
  })
}

/** Logits of a tile [rows x length, l]. */
export function logitsOf(inputs: PairInputs, tile: PairTile): tf.Tensor2D {
  return tf.tidy(() => tf.add(tf.matMul<tf.Tensor2D>(featuresOf(inputs, tile), inputs.kernel), inputs.bias))
}
