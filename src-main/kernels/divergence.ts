/** KL(p || r) of diagonal normal distributions, summed over everything, as one kernel forward and one back. */
import * as tf from '@tensorflow/tfjs-core'
import { defineKernel } from './kernel.ts'

/** All [k, d]; variances are positive. */
interface DivergenceInputs {
  readonly mean: tf.Tensor2D
  readonly variance: tf.Tensor2D
  readonly priorMean: tf.Tensor2D
  readonly priorVariance: tf.Tensor2D
}

type Input = keyof DivergenceInputs
const names = ['mean', 'variance', 'priorMean', 'priorVariance'] as const satisfies Input[]

/** → one number, in nats. */
export function gaussianDivergence(inputs: DivergenceInputs): tf.Scalar {
  return runDivergence({ ...inputs }, {})[0] as tf.Scalar // its only output
}

/** → gradients of the four inputs. */
const divergenceGradient = defineKernel<Input | 'gradient'>('GaussianDivergenceGradient', backThroughDivergence)

const runDivergence = defineKernel<Input>('GaussianDivergence', sumDivergence, {
  saves: names,
  savesOutputs: [false],
  values: [true],
  of([gradient], saved) {
    const kept = Object.fromEntries(names.map((name, at) => [name, saved[at]])) as Record<Input, tf.Tensor>
    const gradients = divergenceGradient({ ...kept, gradient: gradient as tf.Tensor }, {})
    return Object.fromEntries(names.map((name, at) => [name, gradients[at]])) as Record<Input, tf.Tensor>
  },
})

/**
 * One logarithm of the ratio instead of a difference of two keeps it finite and exact in float32, also where both
 * variances are as small as they can be.
 */
function sumDivergence(inputs: Record<Input, tf.Tensor>): tf.Tensor[] {
  const { ratio, distance } = partsOf(inputs)
  const terms = tf.sub(tf.add(ratio, distance), tf.add(tf.log(ratio), 1))
  return [tf.mul(tf.sum(tf.sum(terms, -1)), 0.5)] // in stages: float32 keeps its digits
}

function backThroughDivergence({ gradient, ...inputs }: Record<Input | 'gradient', tf.Tensor>): tf.Tensor[] {
  const { precision, ratio, distance } = partsOf(inputs)
  const half = tf.mul(gradient, 0.5)
  const towards = tf.mul(gradient, tf.mul(tf.sub(inputs.mean, inputs.priorMean), precision))
  return [
    towards,
    tf.mul(half, tf.sub(precision, tf.reciprocal(inputs.variance))),
    tf.neg(towards),
    tf.mul(half, tf.mul(precision, tf.sub(1, tf.add(ratio, distance)))),
  ]
}

function partsOf({ mean, variance, priorMean, priorVariance }: Record<Input, tf.Tensor>) {
  const precision = tf.reciprocal(priorVariance)
  return {
    precision,
    ratio: tf.mul(variance, precision),
    distance: tf.mul(tf.squaredDifference(mean, priorMean), precision),
  }
}
