/** f*: the largest probability of each relation type over the second word, in the walk over the pairs that computes loss or cells. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLossAndMaximum } from '#main/kernels/pair-loss'
import { predictPairs, type PairPrediction } from '#main/kernels/pair-prediction'
import type { PairInputs } from '#main/kernels/pairs'
import type { Batch } from './batch.ts'
import { storedCells } from './stored-cells.ts'
import type { TagsAndCells } from './tags-and-cells.ts'

export interface Pooled {
  /** f*(y_r) [k, l]. */
  readonly probabilities: tf.Tensor2D
  /** Binary cross-entropy summed over all cells; null for a batch without gold. */
  readonly loss: tf.Scalar | null
  /** Prediction of cells; null for a batch with gold, whose pass computes the loss instead. */
  readonly prediction: PairPrediction | null
}

/** The sigmoid is monotonic, so the maximum is taken over logits. */
export function poolRelations(pairs: PairInputs, { lengths, gold }: Batch<TagsAndCells>): Pooled {
  if (gold) {
    const { loss, maximum } = pairLossAndMaximum(pairs, { lengths, cells: gold.cells })
    return { probabilities: tf.sigmoid(maximum), loss, prediction: null }
  }
  const prediction = predictPairs(pairs, { ...storedCells, lengths, withMaximum: true })
  if (!prediction.maximum) throw new Error('The maximum over the second words was not computed')
  return { probabilities: tf.sigmoid(prediction.maximum), loss: null, prediction }
}
