/** Equation (11) over all pairs of tokens: the features of a pair are recomputed for the gradient, never kept. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/**
 * left, right [B, n, d] (the two halves of Wm [h_i ; h_j] + bm), kernel [d, l], bias [l] → logits [B, n, n, l];
 * cell (i, j) is kernel' relu(left_i + right_j) + bias.
 */
export const pairLogits = defineOperation(
  (left: tf.Tensor3D, right: tf.Tensor3D, kernel: tf.Tensor2D, bias: tf.Tensor1D) => {
    const [sentences, length] = left.shape
    const logits = tf.fused.matMul({ a: pairFeatures(left, right), b: kernel, bias })
    return {
      value: tf.reshape<tf.Rank.R4>(logits, [sentences, length, length, bias.size]),
      saved: [left, right, kernel],
    }
  },
  (gradient, saved) => {
    const [left, right, kernel] = saved as [tf.Tensor3D, tf.Tensor3D, tf.Tensor2D] // as saved above
    const [sentences, length, width] = left.shape
    const features = pairFeatures(left, right)
    const dLogits = tf.reshape<tf.Rank.R2>(gradient, [sentences * length * length, kernel.shape[1]])
    const dFeatures = tf.mul(tf.matMul(dLogits, kernel, false, true), tf.step(features))
    const perPair = tf.reshape(dFeatures, [sentences, length, length, width])
    return [tf.sum(perPair, 2), tf.sum(perPair, 1), tf.matMul(features, dLogits, true, false), tf.sum(dLogits, 0)]
  },
)

/** relu(left_i + right_j) as rows [B x n x n, d]. */
function pairFeatures(left: tf.Tensor3D, right: tf.Tensor3D): tf.Tensor2D {
  const [sentences, length, width] = left.shape
  return tf.tidy(() => {
    const sum = tf.add(tf.expandDims(left, 2), tf.expandDims(right, 1))
    return tf.relu(tf.reshape<tf.Rank.R2>(sum, [sentences * length * length, width]))
  })
}
