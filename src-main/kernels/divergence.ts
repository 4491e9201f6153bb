/** KL(p || r) of diagonal normal distributions, summed over all rows and dimensions, as one kernel forward and one back. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

/** All tensors are [k, d]; variances are positive. */
interface DivergenceInputs {
  readonly mean: tf.Tensor2D
  readonly variance: tf.Tensor2D
  readonly priorMean: tf.Tensor2D
  readonly priorVariance: tf.Tensor2D
}

/** Gradients [k, d] of the four inputs. */
interface DivergenceGradients {
  readonly dMean: tf.Tensor
  readonly dVariance: tf.Tensor
  readonly dPriorMean: tf.Tensor
  readonly dPriorVariance: tf.Tensor
}

export const divergenceGradientKernel = defineKernel({
  name: 'GaussianDivergenceGradient',
  outputs: { dMean: 'value', dVariance: 'value', dPriorMean: 'value', dPriorVariance: 'value' },
  reference: backThroughDivergence,
})

export const divergenceKernel = defineKernel({
  name: 'GaussianDivergence',
  outputs: { divergence: 'value' },
  reference: sumDivergence,
  gradient: {
    saves: ['mean', 'variance', 'priorMean', 'priorVariance'],
    of({ divergence }, inputs) {
      const { dMean, dVariance, dPriorMean, dPriorVariance } = divergenceGradientKernel(
        { ...inputs, gradient: divergence },
        {},
      )
      return { mean: dMean, variance: dVariance, priorMean: dPriorMean, priorVariance: dPriorVariance }
    },
  },
})

/** KL divergence in nats. */
export function gaussianDivergence(inputs: DivergenceInputs): tf.Scalar {
  return divergenceKernel(inputs, {}).divergence
}

/**
 * Sum of the divergence. One logarithm of the ratio, instead of a difference of two, keeps it finite and exact in
 * float32, also where both variances are as small as they can be.
 */
function sumDivergence(inputs: DivergenceInputs): { readonly divergence: tf.Scalar } {
  const { ratio, distance } = partsOf(inputs)
  const terms = tf.sub(tf.add(ratio, distance), tf.add(tf.log(ratio), 1))
  return { divergence: tf.mul<tf.Scalar>(tf.sum(tf.sum(terms, -1)), 0.5) } // in stages: float32 keeps its digits
}

function backThroughDivergence({
  gradient,
  ...inputs
}: DivergenceInputs & { readonly gradient: tf.Scalar }): DivergenceGradients {
  const { precision, ratio, distance } = partsOf(inputs)
  const half = tf.mul(gradient, 0.5)
  const dMean = tf.mul(gradient, tf.mul(tf.sub(inputs.mean, inputs.priorMean), precision))
  return {
    dMean,
    dVariance: tf.mul(half, tf.sub(precision, tf.reciprocal(inputs.variance))),
    dPriorMean: tf.neg(dMean),
    dPriorVariance: tf.mul(half, tf.mul(precision, tf.sub(1, tf.add(ratio, distance)))),
  }
}

function partsOf({ mean, variance, priorMean, priorVariance }: DivergenceInputs) {
  const precision = tf.reciprocal(priorVariance)
  return {
    precision,
    ratio: tf.mul(variance, precision),
    distance: tf.mul(tf.squaredDifference(mean, priorMean), precision),
  }
}
