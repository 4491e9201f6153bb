/** Early classifiers: first guesses at tags and relations from H, and their summary y' that the maps see. */
import * as tf from '@tensorflow/tfjs-core'
import { storedCellFloor, storedCellsPerWord } from '#main/document/prediction'
import { pairLossAndMaximum } from '#main/kernels/pair-loss'
import { predictPairs, type PairPrediction } from '#main/kernels/pair-prediction'
import type { ModelConfig } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { applyHeads, type HeadOutputs, type TaskStates } from './heads.ts'
import type { Batch } from './batch.ts'
import type { Weights } from './weights.ts'

export interface EarlyPredictions {
  readonly heads: HeadOutputs
  /** y'_e [k, T], probabilities; null, as the next, where the model does not learn the task. */
  readonly tags: tf.Tensor2D | null
  /** f*(y'_r) [k, l]: each relation's largest probability over the second token. */
  readonly pooledRelations: tf.Tensor2D | null
  /** What each task's map is shown, probabilities. */
  readonly shown: TaskStates
  /** Sum over all cells of the binary cross-entropy; null for a batch without gold. */
  readonly relationLoss: tf.Scalar | null
  /** The first guesses at cells; null for a batch with gold, which is learnt from instead of read. */
  readonly prediction: PairPrediction | null
}

/** Logit of `storedCellFloor`: comparing logits saves a sigmoid for each of millions of cells. */
const floorLogit = Math.log(storedCellFloor / (1 - storedCellFloor))

/** Which cells of a table are worth reading. */
export const storedCells = { floor: floorLogit, cellsPerWord: storedCellsPerWord }

/**
 * Shared states [k, d] → first guesses. The sigmoid rises everywhere, so the maximum is taken of logits, in the same
 * walk over the pairs that computes the loss or reads the cells.
 */
export function predictEarly(
  shared: tf.Tensor2D,
  { lengths, gold }: Batch,
  weights: Weights,
  { tasks, interaction }: ModelConfig,
): EarlyPredictions {
  const state = (task: Task): tf.Tensor2D | null => (tasks.includes(task) ? shared : null)
  const heads = applyHeads({ entity: state('entity'), relation: state('relation') }, weights, 'early')
  const tags = heads.tags && tf.softmax(heads.tags)
  const learnt = gold && heads.pairs && pairLossAndMaximum(heads.pairs, { lengths, cells: gold.cells })
  const prediction =
    learnt || !heads.pairs ? null : predictPairs(heads.pairs, { ...storedCells, lengths, withMaximum: true })
  const maximum = (learnt ?? prediction)?.maximum
  const pooledRelations = maximum ? tf.sigmoid(maximum) : null
  const both = interaction && tags && pooledRelations ? tf.concat2d([tags, pooledRelations], 1) : null
  const shown = { entity: both ?? tags, relation: both ?? pooledRelations }
  return { heads, tags, pooledRelations, shown, relationLoss: learnt?.loss ?? null, prediction }
}
