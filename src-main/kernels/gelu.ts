/** GELU in its exact form (Hendrycks and Gimpel 2016): x times the normal distribution's probability below x. */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/** Of any shape. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return defineOperation(
    (input: T) => ({ value: tf.mul<T>(input, below(input)), saved: [input] }),
    (gradient, [input]) => {
      const at = input as T // saved above
      const density = tf.mul(tf.exp(tf.mul(tf.square(at), -0.5)), 1 / Math.sqrt(2 * Math.PI))
      return [tf.mul(gradient, tf.add(below(at), tf.mul(at, density)))]
    },
  )(x)
}

/** Probability of a standard normal value below x. */
const below = (x: tf.Tensor): tf.Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5)
