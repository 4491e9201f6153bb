/** Heads: tag logits per token and relation logits per pair, early and final alike, told apart by a name. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLogits } from '#main/kernels/pair-logits'
import type { ModelConfig } from '#main/runs/config'
import type { Batch } from './vectorize.ts'
import { dense, denseWeights, type WeightSpec, type Weights } from './weights.ts'

export type HeadName = 'early' | 'final'

export interface HeadLogits {
  /** [k, T]. */
  readonly tags: tf.Tensor2D
  /** [B, n, n, l], subject first. */
  readonly relations: tf.Tensor4D
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

/** Entity and relation states [k, d] → logits. The map over [h_i ; h_j] is two maps whose outputs are added. */
export function applyHeads(
  states: { readonly entity: tf.Tensor2D; readonly relation: tf.Tensor2D },
  { size, length }: Batch,
  weights: Weights,
  name: HeadName,
): HeadLogits {
  const perSentence = (rows: tf.Tensor2D): tf.Tensor3D => tf.reshape(rows, [size, length, -1])
  const left = dense(states.relation, weights, `${name}.relation.left`)
  const right = tf.matMul<tf.Tensor2D>(states.relation, weights(`${name}.relation.right.kernel`))
  const out = `${name}.relation.out`
  return {
    tags: dense(states.entity, weights, `${name}.entity`),
    relations: pairLogits(
      perSentence(left),
      perSentence(right),
      weights(`${out}.kernel`) as tf.Tensor2D, // [d, l] in its spec
      weights(`${out}.bias`) as tf.Tensor1D, // [l] in its spec
    ),
  }
}
