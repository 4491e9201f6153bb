/** Heads: tag logits per token, and the inputs of the pair scorer. Early and final heads differ by name only. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairInputs } from '#main/kernels/pairs'
import { stateWidth, type ModelConfig } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { dense, denseWeights, type WeightSpec, type Weights } from './weights.ts'

type HeadName = 'early' | 'final'

/** Outputs of the heads; null where the model does not learn the task. */
export interface HeadOutputs {
  /** Tag logits [k, T]. */
  readonly tags: tf.Tensor2D | null
  /**
   * Inputs of the pair scorer. The logits of all pairs of a batch are never held; losses and predictions compute them
   * from this.
   */
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

/** Input states [k, d] of each task's head; null where the model does not learn the task. */
export type TaskStates = Readonly<Record<Task, tf.Tensor2D | null>>

export function applyHeads({ entity, relation }: TaskStates, weights: Weights, name: HeadName): HeadOutputs {
  return {
    tags: entity && dense(entity, weights, `${name}.entity`),
    pairs: relation && pairInputs(relation, weights, `${name}.relation`),
  }
}

/** The inputs of the pair scorer: the map over [h_i ; h_j] is the sum of two maps, one over h_i and one over h_j. */
function pairInputs(states: tf.Tensor2D, weights: Weights, name: string): PairInputs {
  return {
    left: dense(states, weights, `${name}.left`),
    right: tf.matMul<tf.Tensor2D>(states, weights(`${name}.right.kernel`)),
    kernel: weights(`${name}.out.kernel`) as tf.Tensor2D, // its spec has the shape [d, l]
    bias: weights(`${name}.out.bias`) as tf.Tensor1D, // its spec has the shape [l]
  }
}
