/**
 * Prior r(t | y'): the distribution of a state that the early predictions alone give. It bounds the information that
 * flows through the map.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Task } from '#main/runs/variant'
import type { Parts } from './parts.ts'
import { dense, denseWeights, type WeightSpec, type Weights } from '../shared/weights.ts'

/** Diagonal normal distribution; mean and variance are [k, d], the variance is positive. */
export interface Gaussian {
  readonly mean: tf.Tensor2D
  readonly variance: tf.Tensor2D
}

interface Prior {
  weights(name: string, seen: number, width: number): WeightSpec[]
  /** The prior [k, d] from shown [k, y]. */
  apply(shown: tf.Tensor2D | null, like: tf.Tensor2D, weights: Weights, name: string): Gaussian
}

/**
 * Learned prior: two two-layer maps with tanh between the layers. y' is detached, so that no gradient reaches the
 * early classifiers through it.
 */
const learned: Prior = {
  weights: (name, seen, width) =>
    ['mean', 'deviation'].flatMap((part) => [
      ...denseWeights(`${name}.${part}.hidden`, seen, width),
      ...denseWeights(`${name}.${part}.out`, width, width),
    ]),
  apply(shown, like, weights, name) {
    const input = detach(shown ?? tf.zeros<tf.Rank.R2>([like.shape[0], 0]))
    const map = (part: string): tf.Tensor2D =>
      dense(tf.tanh(dense(input, weights, `${name}.${part}.hidden`)), weights, `${name}.${part}.out`)
    return { mean: map('mean'), variance: varianceOf(map('deviation')) }
  },
}

const standard: Prior = {
  weights: () => [],
  apply: (_, { shape }) => ({ mean: tf.zeros(shape), variance: tf.ones(shape) }),
}

const priors: Record<Parts['prior'], Prior> = { learned, standard }

export function priorWeights(kind: Parts['prior'], task: Task, seen: number, width: number): WeightSpec[] {
  return priors[kind].weights(nameOf(task), seen, width)
}

/** Applies a task's prior; `like` [k, d] gives the shape where the prior does not depend on y'. */
export function applyPrior(
  kind: Parts['prior'],
  task: Task,
  shown: tf.Tensor2D | null,
  like: tf.Tensor2D,
  weights: Weights,
): Gaussian {
  return priors[kind].apply(shown, like, weights, nameOf(task))
}

const nameOf = (task: Task): string => `map.${task}.prior`

/** Variance of a deviation; it stays positive where the deviation crosses 0. */
export function varianceOf(deviation: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.square(deviation), 1e-8)
}

/** The same values without a gradient: the tensor is made outside the tape. */
function detach({ dataId, shape, dtype }: tf.Tensor2D): tf.Tensor2D {
  tf.backend().incRef(dataId)
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype }) as tf.Tensor2D // it has the same shape
}
