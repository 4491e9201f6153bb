/** Binary cross-entropy of single scores, of which few are 1. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/** Sum of softplus(z) - z y over all logits z [rows, columns]; `truth` holds y, 0 or 1, row by row. */
export function binaryCrossEntropy(logits: tf.Tensor2D, truth: Float32Array): tf.Scalar {
  const compute = defineOperation(
    ({ logits: z }: { readonly logits: tf.Tensor2D }) => {
      const y = tf.tensor(truth, z.shape, 'float32')
      const value: tf.Scalar = tf.sum(tf.sub(tf.softplus(z), tf.mul(z, y)))
      return { value, saved: { slope: tf.sub(tf.sigmoid(z), y) } }
    },
    (gradient, { slope }) => ({ logits: tf.mul(slope, gradient) }),
  )
  return compute({ logits })
}
