/** Heads: tag logits per token and what pairs are scored from, early and final alike, told apart by a name. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairInputs } from '#main/kernels/pairs'
import { stateWidth, type ModelConfig } from '#main/runs/config'
import type { Task } from './parts.ts'
import { dense, denseWeights, type WeightSpec, type Weights } from './weights.ts'

type HeadName = 'early' | 'final'

/** Null where the model does not learn the task. */
export interface HeadOutputs {
  /** Logits [k, T]. */
  readonly tags: tf.Tensor2D | null
  /** The logits of pairs are never held for a whole batch: losses and readers compute them from this. */
  readonly pairs: PairInputs | null
}

export function headWeights(name: HeadName, config: ModelConfig): WeightSpec[] {
  const { tasks, tags, relations } = config
  const width = stateWidth(config)
  const specs: Record<Task, WeightSpec[]> = {
    entity: denseWeights(`${name}.entity`, width, tags.length),
    relation: [
      ...denseWeights(`${name}.relation.left`, width, width),
      ...denseWeights(`${name}.relation.right`, width, width, false),
      ...denseWeights(`${name}.relation.out`, width, relations.length),
    ],
  }
  return tasks.flatMap((task) => specs[task])
}

/** The states [k, d] that each task's head reads; null where the model does not learn the task. */
export type TaskStates = Readonly<Record<Task, tf.Tensor2D | null>>

export function applyHeads({ entity, relation }: TaskStates, weights: Weights, name: HeadName): HeadOutputs {
  return {
    tags: entity && dense(entity, weights, `${name}.entity`),
    pairs: relation && pairInputs(relation, weights, `${name}.relation`),
  }
}

/** The map over [h_i ; h_j] is two maps whose outputs are added. */
function pairInputs(states: tf.Tensor2D, weights: Weights, name: string): PairInputs {
  return {
    left: dense(states, weights, `${name}.left`),
    right: tf.matMul<tf.Tensor2D>(states, weights(`${name}.right.kernel`)),
    kernel: weights(`${name}.out.kernel`) as tf.Tensor2D, // [d, l] in its spec
    bias: weights(`${name}.out.bias`) as tf.Tensor1D, // [l] in its spec
  }
}
