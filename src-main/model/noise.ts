/** Noise of one training pass: map noise, dropout and word dropout as tensors. */
import type * as tf from '@tensorflow/tfjs-core'

/** Absent parts are switched off. The caller disposes it (`tf.dispose`). */
export interface Noise {
  /** Standard normal, one per dimension of a state, for each map [k, d]. */
  readonly entity: tf.Tensor2D | null
  readonly relation: tf.Tensor2D | null
  /** 0 where a word's numbers are dropped, before an LSTM or behind a BERT, else 1 / (1 - rate) [k, `droppedWidth`]. */
  readonly inputMask: tf.Tensor2D | null
  /** The batch's tokens with some replaced by the unknown word [k], int32. */
  readonly tokens: tf.Tensor1D | null
  /** Its parts of speech with some replaced by none [k], int32: a text without them is read as well. */
  readonly pos: tf.Tensor1D | null
}
