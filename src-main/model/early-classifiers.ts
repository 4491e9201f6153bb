/** Early classifiers: first guesses at tags and relations from H, and their summary y' that the maps see. */
import * as tf from '@tensorflow/tfjs-core'
import { storedCellFloor } from '#main/document/prediction'
import { pairLossAndMaximum } from '#main/kernels/pair-loss'
import { readPairs, type PairReading } from '#main/kernels/pair-reading'
import type { ModelConfig } from '#main/runs/config'
import { applyHeads, type HeadOutputs } from './heads.ts'
import type { Task } from './parts.ts'
import type { Batch } from './vectorize.ts'
import type { Weights } from './weights.ts'

export interface EarlyPredictions {
  readonly heads: HeadOutputs
  /** y'_e [k, T], probabilities. */
  readonly tags: tf.Tensor2D
  /** f*(y'_r) [k, l]: each relation's largest probability over the second token. */
  readonly pooledRelations: tf.Tensor2D
  /** What each task's map is shown, probabilities. */
  readonly shown: Readonly<Record<Task, tf.Tensor2D>>
  /** Sum over all cells of the binary cross-entropy; null for a batch without gold. */
  readonly relationLoss: tf.Scalar | null
  /** The first guesses at cells; null for a batch with gold, which is learnt from instead of read. */
  readonly reading: PairReading | null
}

/** Logit of `storedCellFloor`: comparing logits saves a sigmoid for each of millions of cells. */
export const floorLogit = Math.log(storedCellFloor / (1 - storedCellFloor))

/**
 * Shared states [k, d] → first guesses. The sigmoid rises everywhere, so the maximum is taken of logits, in the same
 * walk over the pairs that computes the loss or reads the cells.
 */
export function predictEarly(
  shared: tf.Tensor2D,
  { lengths, gold }: Batch,
  weights: Weights,
  { interaction }: ModelConfig,
): EarlyPredictions {
  const heads = applyHeads({ entity: shared, relation: shared }, weights, 'early')
  const tags = tf.softmax(heads.tags)
  const learnt = gold ? pairLossAndMaximum(heads.pairs, { lengths, cells: gold.cells }) : null
  const reading = learnt ? null : readPairs(heads.pairs, { lengths, floor: floorLogit })
  const pooledRelations = tf.sigmoid((learnt ?? reading)?.maximum as tf.Tensor2D) // one of the two is there
  const both = tf.concat2d([tags, pooledRelations], 1)
  const shown = interaction ? { entity: both, relation: both } : { entity: tags, relation: pooledRelations }
  return { heads, tags, pooledRelations, shown, relationLoss: learnt?.loss ?? null, reading }
}
