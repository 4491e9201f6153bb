/** Noise of one training pass: map noise, dropout and word dropout as tensors. */
import type * as tf from '@tensorflow/tfjs-core'
import type { InnerDropout } from '../encoders/inner-dropout.ts'

/** Tensors of noise; a part that is switched off is null. The caller disposes them (`tf.dispose`). */
export interface Noise {
  /** Standard normal values for each map [k, d]. */
  readonly entity: tf.Tensor2D | null
  readonly relation: tf.Tensor2D | null
  /**
   * Dropout mask [k, `droppedWidth`], before an LSTM or behind a BERT: 0 where a value is dropped, else 1 / (1 -
   * rate).
   */
  readonly inputMask: tf.Tensor2D | null
  /** Rows of the batch's tokens, some of them replaced by the unknown word [k], int32. */
  readonly tokens: tf.Tensor1D | null
  /**
   * Rows of its parts of speech, some of them replaced by the unknown one [k], int32, so that the model can also
   * predict texts without them.
   */
  readonly pos: tf.Tensor1D | null
  /** What is dropped inside a BERT. */
  readonly inner: InnerDropout | null
}
