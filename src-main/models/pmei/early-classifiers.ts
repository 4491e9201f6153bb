/** Early classifiers: first predictions of tags and relations from H, and their summary y' that the maps use. */
import * as tf from '@tensorflow/tfjs-core'
import type { PairPrediction } from '#main/kernels/pair-prediction'
import type { PmeiModel } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { applyHeads, type HeadOutputs, type TaskStates } from '../shared/heads.ts'
import type { Batch } from '../shared/batch.ts'
import { poolRelations } from '../shared/most-likely-partner.ts'
import type { TagsAndCells } from '../shared/tags-and-cells.ts'
import type { Weights } from '../shared/weights.ts'

export interface EarlyPredictions {
  readonly heads: HeadOutputs
  /** Probabilities y'_e [k, T]; like the next field, null where the model does not learn the task. */
  readonly tags: tf.Tensor2D | null
  /** f*(y'_r) [k, l]: the largest probability of each relation type over the second token. */
  readonly pooledRelations: tf.Tensor2D | null
  /** Probabilities that each task's map uses. */
  readonly shown: TaskStates
  /** Binary cross-entropy summed over all cells; null for a batch without gold. */
  readonly relationLoss: tf.Scalar | null
  /** Early prediction of cells; null for a batch with gold, whose pass computes the loss instead. */
  readonly prediction: PairPrediction | null
}

/** Early predictions from shared states [k, d]. */
export function predictEarly(
  shared: tf.Tensor2D,
  batch: Batch<TagsAndCells>,
  weights: Weights,
  { tasks, interaction }: PmeiModel,
): EarlyPredictions {
  const state = (task: Task): tf.Tensor2D | null => (tasks.includes(task) ? shared : null)
  const heads = applyHeads({ entity: state('entity'), relation: state('relation') }, weights, 'early')
  const tags = heads.tags && tf.softmax(heads.tags)
  const pooled = heads.pairs && poolRelations(heads.pairs, batch)
  const pooledRelations = pooled?.probabilities ?? null
  const both = interaction && tags && pooledRelations ? tf.concat2d([tags, pooledRelations], 1) : null
  const shown = { entity: both ?? tags, relation: both ?? pooledRelations }
  return {
    heads,
    tags,
    pooledRelations,
    shown,
    relationLoss: pooled?.loss ?? null,
    prediction: pooled?.prediction ?? null,
  }
}
