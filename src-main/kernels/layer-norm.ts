/** Layer normalisation (Ba et al. 2016) of every row, with its gradient. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

interface NormInputs {
  /** [k, w]. */
  readonly x: tf.Tensor2D
  /** [w]. */
  readonly scale: tf.Tensor1D
  readonly shift: tf.Tensor1D
}

/** Rows [k, w] with mean 0 and variance 1 each, then scaled and shifted. */
export function layerNorm(inputs: NormInputs, epsilon: number): tf.Tensor2D {
  return defineOperation(
    ({ x, scale, shift }: NormInputs) => {
      const centred = tf.sub<tf.Tensor2D>(x, tf.mean(x, 1, true))
      const precision = tf.rsqrt<tf.Tensor2D>(tf.add(tf.mean(tf.square(centred), 1, true), epsilon))
      const normal = tf.mul<tf.Tensor2D>(centred, precision)
      return { value: tf.add<tf.Tensor2D>(tf.mul(normal, scale), shift), saved: { normal, precision, scale } }
    },
    (gradient, { normal, precision, scale }) => {
      const dNormal = tf.mul<tf.Tensor2D>(gradient, scale)
      const along = tf.mean(tf.mul(dNormal, normal), 1, true)
      return {
        x: tf.mul(precision, tf.sub(tf.sub(dNormal, tf.mean(dNormal, 1, true)), tf.mul(normal, along))),
        scale: tf.sum(tf.mul(gradient, normal), 0),
        shift: tf.sum(gradient, 0),
      }
    },
  )(inputs)
}
