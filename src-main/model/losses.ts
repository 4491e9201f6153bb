/** Losses (12)-(15): sums over tokens and cells, averaged over sentences, and their weighted total. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLoss } from '#main/kernels/pair-loss'
import type { TrainingConfig } from '#main/runs/config'
import type { LossParts } from '#main/runs/run'
import type { HeadLogits } from './heads.ts'
import type { Outputs } from './joint-model.ts'
import { divergence, type MappedState } from './stochastic-map.ts'
import type { Batch, GoldTensors } from './vectorize.ts'

export type LossTensors = Readonly<Record<keyof LossParts, tf.Scalar>>

export type LossWeights = Pick<TrainingConfig, 'alpha' | 'betaEntity' | 'betaRelation'>

/**
 * Parts and total. `sentenceCount` is what sums are divided by: give the whole batch's when `batch` is one of its
 * shards, and the shards' losses and gradients add up to the whole batch's. Parts a variant lacks are 0.
 */
export function computeLosses(
  outputs: Outputs,
  batch: Batch,
  { alpha, betaEntity, betaRelation }: LossWeights,
  sentenceCount: number = batch.size,
): LossTensors {
  if (!batch.gold) throw new Error('A batch without gold has no loss: its sentences carry neither spans nor triples')
  const { early, final, maps } = outputs
  const mean = (sum: tf.Scalar): tf.Scalar => tf.div(sum, sentenceCount)
  const none = tf.scalar(0)
  const entity = mean(tagLoss(final, batch, batch.gold))
  const relation = mean(relationLoss(final, batch, batch.gold))
  const earlyEntity = early ? mean(tagLoss(early.logits, batch, batch.gold)) : none
  const earlyRelation = early ? mean(relationLoss(early.logits, batch, batch.gold)) : none
  const klEntity = mean(divergenceLoss(maps.entity, batch))
  const klRelation = mean(divergenceLoss(maps.relation, batch))
  const earlySum = tf.mul(tf.add(earlyEntity, earlyRelation), alpha)
  const flowSum = tf.add(tf.mul(klEntity, betaEntity), tf.mul(klRelation, betaRelation))
  const total: tf.Scalar = tf.add(tf.add(entity, relation), tf.add(earlySum, flowSum))
  return { total, entity, relation, earlyEntity, earlyRelation, klEntity, klRelation }
}

/** Cross-entropy of the tags, summed over real tokens. */
function tagLoss({ tags }: HeadLogits, { mask }: Batch, gold: GoldTensors): tf.Scalar {
  const [rows, count] = tags.shape
  // cast afterwards: the WASM kernel writes integers into a float32 table
  const chosen = tf.cast(tf.oneHot(tf.reshape(gold.tags, [rows]), count), 'float32')
  const perToken = tf.sum(tf.mul(tf.logSoftmax(tags), chosen), 1)
  return tf.neg(tf.sum(tf.mul(perToken, tf.reshape(mask, [rows]))))
}

function relationLoss({ relations }: HeadLogits, { pairMask }: Batch, gold: GoldTensors): tf.Scalar {
  return pairLoss(relations, gold.relationTable, pairMask)
}

/** KL of one map, summed over real tokens. */
function divergenceLoss({ distributions }: MappedState, { mask }: Batch): tf.Scalar {
  if (!distributions) return tf.scalar(0)
  return tf.sum(tf.mul(divergence(distributions), tf.reshape(mask, [mask.size])))
}
