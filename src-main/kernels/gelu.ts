/**
 * GELU in its exact form (Hendrycks and Gimpel 2016): x times the probability that a standard normal number is below
 * x.
 */
import * as tf from '@tensorflow/tfjs-core'
import { defineOperation } from './operation.ts'

/** GELU of a tensor of any shape. */
export function gelu<T extends tf.Tensor>(x: T): T {
  return defineOperation(
    ({ input }: { input: T }) => ({ value: tf.mul<T>(input, below(input)), saved: { input } }),
    (gradient, { input }) => {
      const density = tf.mul(tf.exp(tf.mul(tf.square(input), -0.5)), 1 / Math.sqrt(2 * Math.PI))
      return { input: tf.mul(gradient, tf.add(below(input), tf.mul(input, density))) }
    },
  )({ input: x })
}

/** Probability that a standard normal number is below x. */
const below = (x: tf.Tensor): tf.Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5)
