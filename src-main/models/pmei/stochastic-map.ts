/** Maps from the shared state and the early predictions to a task's own state: none, deterministic or stochastic. */
import * as tf from '@tensorflow/tfjs-core'
import { gaussianDivergence } from '#main/kernels/divergence'
import { stateWidth, type PmeiModel } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { partsOf, type Parts } from './parts.ts'
import { applyPrior, priorWeights, varianceOf, type Gaussian } from './prior.ts'
import { cells } from '../shared/cells.ts'
import type { WeightSpec, Weights } from '../shared/weights.ts'

export interface MappedState {
  /** State t [k, d], the input of the heads. */
  readonly state: tf.Tensor2D
  /** Mean of the map [k, d]; null where there is no map. */
  readonly mean: tf.Tensor2D | null
  /** p(t | h, y') and r(t | y'); null in deterministic maps, and where nothing is drawn. */
  readonly distributions: { readonly posterior: Gaussian; readonly prior: Gaussian } | null
}

interface MapInput {
  /** Shared state h [k, d]. */
  readonly shared: tf.Tensor2D
  /** Early predictions y' [k, y]; null without them. */
  readonly shown: tf.Tensor2D | null
  /** Standard normal values [k, d]; with null the map takes its mean. */
  readonly noise: tf.Tensor2D | null
}

interface LabelMap {
  /** Parts of the posterior that need weights. */
  readonly posterior: readonly ('mean' | 'deviation')[]
  readonly hasPrior: boolean
  apply(input: MapInput, task: Task, parts: Parts, weights: Weights): MappedState
}

const maps: Record<Parts['map'], LabelMap> = {
  none: {
    posterior: [],
    hasPrior: false,
    apply: ({ shared }) => ({ state: shared, mean: null, distributions: null }),
  },
  deterministic: {
    posterior: ['mean'],
    hasPrior: false,
    apply(input, task, parts, weights) {
      const mean = posterior('mean', input, task, parts, weights)
      return { state: mean, mean, distributions: null }
    },
  },
  stochastic: {
    posterior: ['mean', 'deviation'],
    hasPrior: true,
    apply(input, task, parts, weights) {
      const mean = posterior('mean', input, task, parts, weights)
      // prediction takes the mean, so the deviation and the prior need not be computed
      if (!input.noise) return { state: mean, mean, distributions: null }
      const variance = varianceOf(posterior('deviation', input, task, parts, weights))
      const state = tf.add<tf.Tensor2D>(mean, tf.mul(tf.sqrt(variance), input.noise))
      const prior = applyPrior(parts.prior, task, input.shown, mean, weights)
      return { state, mean, distributions: { posterior: { mean, variance }, prior } }
    },
  },
}

function posterior(
  part: 'mean' | 'deviation',
  { shared, shown }: MapInput,
  task: Task,
  { cell }: Parts,
  weights: Weights,
): tf.Tensor2D {
  return cells[cell].apply(shared, shown, weights, `map.${task}.posterior.${part}`)
}

export function mapWeights(task: Task, config: PmeiModel): WeightSpec[] {
  const parts = partsOf(config)
  const { posterior, hasPrior } = maps[parts.map]
  const width = stateWidth(config)
  const seen = parts.sees[task]
  return [
    ...posterior.flatMap((part) => cells[parts.cell].weights(`map.${task}.posterior.${part}`, width + seen, width)),
    ...(hasPrior ? priorWeights(parts.prior, task, seen, width) : []),
  ]
}

export function applyMap(input: MapInput, task: Task, config: PmeiModel, weights: Weights): MappedState {
  const parts = partsOf(config)
  return maps[parts.map].apply(input, task, parts, weights)
}

/** KL(p || r) in nats, summed over tokens and d. */
export function divergence({ posterior: p, prior: r }: NonNullable<MappedState['distributions']>): tf.Scalar {
  return gaussianDivergence({ mean: p.mean, variance: p.variance, priorMean: r.mean, priorVariance: r.variance })
}
