/** One move of Adam (Kingma and Ba 2015, algorithm 1) for one weight, and the square sums that clipping needs. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

export interface AdamRates {
  /** Learning rate over 1 - decayFirst^step. */
  readonly rate: number
  /** 1 over the root of 1 - decaySecond^step. */
  readonly correction: number
  /** What the gradient is multiplied by first. */
  readonly scale: number
  readonly decayFirst: number
  readonly decaySecond: number
  readonly epsilon: number
}

type Input = 'weight' | 'gradient' | 'first' | 'second'

/** All of one shape → the new weight, first and second moment. */
export const adamMove = defineKernel<Input, AdamRates>(
  'AdamMove',
  ({ weight, gradient, first, second }, { rate, correction, scale, decayFirst, decaySecond, epsilon }) => {
    const scaled = tf.mul(gradient, scale)
    const newFirst = tf.add(tf.mul(first, decayFirst), tf.mul(scaled, 1 - decayFirst))
    const newSecond = tf.add(tf.mul(second, decaySecond), tf.mul(tf.square(scaled), 1 - decaySecond))
    const spread = tf.add(tf.mul(tf.sqrt(newSecond), correction), epsilon)
    return [tf.sub(weight, tf.mul(tf.div(newFirst, spread), rate)), newFirst, newSecond]
  },
)

const runSum = defineKernel<'x'>('SumOfSquares', ({ x }) => [tf.sum(tf.square(x))])

/** Sum of the squares of all numbers. */
export function sumOfSquares(x: tf.Tensor): tf.Scalar {
  return runSum({ x }, {})[0] as tf.Scalar
}
