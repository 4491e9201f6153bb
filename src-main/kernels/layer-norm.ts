/** Layer normalisation (Ba et al. 2016) of every row, with its gradient. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/** x [k, w], scale [w], shift [w] → [k, w]: mean 0 and variance 1 in every row, then scaled and shifted. */
export function layerNorm(x: tf.Tensor2D, scale: tf.Tensor1D, shift: tf.Tensor1D, epsilon: number): tf.Tensor2D {
  return defineOperation(
    (rows: tf.Tensor2D, gain: tf.Tensor1D, offset: tf.Tensor1D) => {
      const centred = tf.sub<tf.Tensor2D>(rows, tf.mean(rows, 1, true))
      const precision = tf.rsqrt<tf.Tensor2D>(tf.add(tf.mean(tf.square(centred), 1, true), epsilon))
      const normal = tf.mul<tf.Tensor2D>(centred, precision)
      return { value: tf.add<tf.Tensor2D>(tf.mul(normal, gain), offset), saved: [normal, precision, gain] }
    },
    (gradient, saved) => {
      const [normal, precision, gain] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D] // as saved above
      const dNormal = tf.mul<tf.Tensor2D>(gradient, gain)
      const along = tf.mean(tf.mul(dNormal, normal), 1, true)
      const dRows = tf.mul(precision, tf.sub(tf.sub(dNormal, tf.mean(dNormal, 1, true)), tf.mul(normal, along)))
      return [dRows, tf.sum(tf.mul(gradient, normal), 0), tf.sum(gradient, 0)]
    },
  )(x, scale, shift)
}
