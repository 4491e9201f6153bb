/** Early classifiers: first guesses at tags and relations from H, and their summary y' that the maps see. */
import * as tf from '@tensorflow/tfjs-core'
import { pairMaximum } from '#main/kernels/pair-maximum'
import type { ModelConfig } from '#main/runs/config'
import { applyHeads, type HeadLogits } from './heads.ts'
import type { Task } from './parts.ts'
import type { Batch } from './vectorize.ts'
import type { Weights } from './weights.ts'

export interface EarlyPredictions {
  readonly logits: HeadLogits
  /** y'_e [k, T], probabilities. */
  readonly tags: tf.Tensor2D
  /** f*(y'_r) [k, l]: each relation's largest probability over the second token; 0 on padding. */
  readonly pooledRelations: tf.Tensor2D
  /** What each task's map is shown, probabilities. */
  readonly shown: Readonly<Record<Task, tf.Tensor2D>>
}

/** Shared states [k, d] → first guesses. The sigmoid rises everywhere, so the maximum is taken of logits. */
export function predictEarly(
  shared: tf.Tensor2D,
  batch: Batch,
  weights: Weights,
  { interaction }: ModelConfig,
): EarlyPredictions {
  const rows = batch.size * batch.length
  const logits = applyHeads({ entity: shared, relation: shared }, batch, weights, 'early')
  const tags = tf.softmax(logits.tags)
  const largest = tf.reshape<tf.Rank.R2>(pairMaximum(logits.relations, batch.mask), [rows, -1])
  const pooledRelations = tf.mul<tf.Tensor2D>(tf.sigmoid(largest), tf.reshape(batch.mask, [rows, 1]))
  const both = tf.concat2d([tags, pooledRelations], 1)
  const shown = interaction ? { entity: both, relation: both } : { entity: tags, relation: pooledRelations }
  return { logits, tags, pooledRelations, shown }
}
