/** Prior r(t | y'): what the early predictions alone say of a state; it bounds what else may flow through the map. */
import * as tf from '@tensorflow/tfjs-core'
import type { Parts, Task } from './parts.ts'
import { dense, denseWeights, type WeightSpec, type Weights } from './weights.ts'

/** A diagonal normal distribution; both [k, d], the variance positive. */
export interface Gaussian {
  readonly mean: tf.Tensor2D
  readonly variance: tf.Tensor2D
}

interface Prior {
  weights(name: string, seen: number, width: number): WeightSpec[]
  /** shown [k, y] → [k, d]. */
  apply(shown: tf.Tensor2D | null, like: tf.Tensor2D, weights: Weights, name: string): Gaussian
}

/** Two two-layer maps with tanh between. y' is detached: no gradient reaches the early classifiers through it. */
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

/** `like` [k, d] gives the shape of a prior that is shown nothing. */
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

/** Positive also where the deviation crosses 0. */
export function varianceOf(deviation: tf.Tensor2D): tf.Tensor2D {
  return tf.add(tf.square(deviation), 1e-8)
}

/** The same values, with no gradient to what they were computed from: made beside the tape, so that none is computed. */
function detach({ dataId, shape, dtype }: tf.Tensor2D): tf.Tensor2D {
  tf.backend().incRef(dataId)
  return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype }) as tf.Tensor2D // of the same shape
}
