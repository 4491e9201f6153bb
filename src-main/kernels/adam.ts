/** One move of Adam (Kingma and Ba 2015, algorithm 1) for one weight, and the sums of squares that clipping needs. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

export interface AdamRates {
  /** Learning rate over 1 - decayFirst^step. */
  readonly rate: number
  /** 1 over the root of 1 - decaySecond^step. */
  readonly correction: number
  /** Factor of the gradient, applied first. */
  readonly scale: number
  readonly decayFirst: number
  readonly decaySecond: number
  readonly epsilon: number
}

/** All tensors have the shape of the weight. */
interface AdamInputs {
  readonly weight: tf.Tensor
  readonly gradient: tf.Tensor
  /** First moment; the next field is the second. */
  readonly first: tf.Tensor
  readonly second: tf.Tensor
}

interface AdamOutputs {
  readonly newWeight: tf.Tensor
  readonly newFirst: tf.Tensor
  readonly newSecond: tf.Tensor
}

export const adamMove = defineKernel({
  name: 'AdamMove',
  outputs: { newWeight: 'value', newFirst: 'value', newSecond: 'value' },
  reference(
    { weight, gradient, first, second }: AdamInputs,
    { rate, correction, scale, decayFirst, decaySecond, epsilon }: AdamRates,
  ): AdamOutputs {
    const scaled = tf.mul(gradient, scale)
    const newFirst = tf.add(tf.mul(first, decayFirst), tf.mul(scaled, 1 - decayFirst))
    const newSecond = tf.add(tf.mul(second, decaySecond), tf.mul(tf.square(scaled), 1 - decaySecond))
    const spread = tf.add(tf.mul(tf.sqrt(newSecond), correction), epsilon)
    return { newWeight: tf.sub(weight, tf.mul(tf.div(newFirst, spread), rate)), newFirst, newSecond }
  },
})

export const sumOfSquaresKernel = defineKernel({
  name: 'SumOfSquares',
  outputs: { sum: 'value' },
  reference: ({ x }: { readonly x: tf.Tensor }): { readonly sum: tf.Scalar } => ({ sum: tf.sum(tf.square(x)) }),
})

/** Sum of the squares of all numbers of a tensor of any shape. */
export function sumOfSquares(x: tf.Tensor): tf.Scalar {
  return sumOfSquaresKernel({ x }, {}).sum
}
