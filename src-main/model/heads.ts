/** Heads: tag logits per token and what pairs are scored from, early and final alike, told apart by a name. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairInputs } from '#main/kernels/pair-tiles'
import type { ModelConfig } from '#main/runs/config'
import { dense, denseWeights, type WeightSpec, type Weights } from './weights.ts'

export type HeadName = 'early' | 'final'

export interface HeadOutputs {
  /** Logits [k, T]. */
  readonly tags: tf.Tensor2D
  /** The logits of pairs are never held for a whole batch: losses and readers compute them from this. */
  readonly pairs: PairInputs
}

export function headWeights(name: HeadName, { hidden, tags, relations }: ModelConfig): WeightSpec[] {
  const width = 2 * hidden
  return [
    ...denseWeights(`${name}.entity`, width, tags.length),
    ...denseWeights(`${name}.relation.left`, width, width),
    ...denseWeights(`${name}.relation.right`, width, width, false),
    ...denseWeights(`${name}.relation.out`, width, relations.length),
  ]
}

/** Entity and relation states [k, d] → outputs. The map over [h_i ; h_j] is two maps whose outputs are added. */
export function applyHeads(
  states: { readonly entity: tf.Tensor2D; readonly relation: tf.Tensor2D },
  weights: Weights,
  name: HeadName,
): HeadOutputs {
  const relation = `${name}.relation`
  return {
    tags: dense(states.entity, weights, `${name}.entity`),
    pairs: {
      left: dense(states.relation, weights, `${relation}.left`),
      right: tf.matMul<tf.Tensor2D>(states.relation, weights(`${relation}.right.kernel`)),
      kernel: weights(`${relation}.out.kernel`) as tf.Tensor2D, // [d, l] in its spec
      bias: weights(`${relation}.out.bias`) as tf.Tensor1D, // [l] in its spec
    },
  }
}
