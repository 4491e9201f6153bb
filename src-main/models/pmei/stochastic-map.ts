/** Maps from the shared state and the early predictions to a task's own state: none, deterministic or stochastic. */
import * as tf from '@tensorflow/tfjs-core'
import { gaussianDivergence } from '#main/kernels/divergence'
import { gatedCell } from '#main/kernels/gated-cell'
import { stateWidth, type PmeiModel } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { partsOf, type Parts } from './parts.ts'
import { applyPrior, priorWeights, varianceOf, type Gaussian } from './prior.ts'
import { dense, denseWeights, type WeightSpec, type Weights } from '../shared/weights.ts'

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

/**
 * A cell maps [h ; y'] → [k, d]: equation (7), the cell that the released code has instead, or the affine map "without
 * GRU".
 */
interface Cell {
  weights(name: string, input: number, width: number): WeightSpec[]
  apply(shared: tf.Tensor2D, shown: tf.Tensor2D | null, weights: Weights, name: string): tf.Tensor2D
}

const gates = ['update', 'reset', 'candidate'] as const

const cells: Record<Parts['cell'], Cell> = {
  gated: {
    weights: (name, input, width) => gates.flatMap((gate) => denseWeights(`${name}.${gate}`, input, width)),
    apply(shared, shown, weights, name) {
      const kernel = (gate: string) => weights(`${name}.${gate}.kernel`) as tf.Tensor2D // its spec has this shape
      const bias = (gate: string) => weights(`${name}.${gate}.bias`) as tf.Tensor1D
      return gatedCell({
        shared,
        shown: shown ?? tf.zeros<tf.Rank.R2>([shared.shape[0], 0]),
        updateKernel: kernel('update'),
        updateBias: bias('update'),
        resetKernel: kernel('reset'),
        resetBias: bias('reset'),
        candidateKernel: kernel('candidate'),
        candidateBias: bias('candidate'),
      })
    },
  },
  'reset-after': {
    weights: (name, input, width) =>
      gates.flatMap((gate) => [
        ...denseWeights(`${name}.${gate}.input`, input - width, width),
        ...denseWeights(`${name}.${gate}.recurrent`, width, width),
      ]),
    apply(shared, shown, weights, name) {
      const read = shown ?? tf.zeros<tf.Rank.R2>([shared.shape[0], 0])
      const input = (gate: string) => dense(read, weights, `${name}.${gate}.input`)
      const recurrent = (gate: string) => dense(shared, weights, `${name}.${gate}.recurrent`)
      const open = (gate: string) => tf.sigmoid(tf.add(input(gate), recurrent(gate)))
      const candidate = tf.tanh(tf.add(input('candidate'), tf.mul(open('reset'), recurrent('candidate'))))
      // PyTorch's update gate keeps what equation (7)'s replaces
      return tf.add(candidate, tf.mul(open('update'), tf.sub(shared, candidate)))
    },
  },
  affine: {
    weights: denseWeights,
    apply: (shared, shown, weights, name) => dense(join(shared, shown), weights, name),
  },
}

function join(state: tf.Tensor2D, shown: tf.Tensor2D | null): tf.Tensor2D {
  return shown ? tf.concat2d([state, shown], 1) : state
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
