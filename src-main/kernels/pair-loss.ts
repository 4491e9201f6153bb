/** Binary cross-entropy summed over the cells of real pairs, from logits: finite for any logit. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/** logits, table [B, n, n, l], pairMask [B, n, n] → one number, the sum over cells of real tokens. */
export function pairLoss(logits: tf.Tensor4D, table: tf.Tensor4D, pairMask: tf.Tensor3D): tf.Scalar {
  return defineOperation(
    (z: tf.Tensor4D) => {
      // -log p of a cell is softplus(z) - z y; summed in stages, so that float32 keeps its digits
      const perPair = tf.sum(tf.sub(tf.softplus(z), tf.mul(z, table)), 3)
      return { value: tf.sum<tf.Scalar>(tf.mul(perPair, pairMask)), saved: [z, table, pairMask] }
    },
    (gradient, saved) => {
      const [z, y, mask] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor3D] // as saved above
      return [tf.mul(tf.sub(tf.sigmoid(z), y), tf.mul(tf.expandDims(mask, 3), gradient))]
    },
  )(logits)
}
