/** Losses, equations (12) to (15): sums over tokens and cells, averaged over sentences, and their weighted total. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLoss } from '#main/kernels/pair-loss'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { LossParts } from '#main/runs/run'
import type { HeadOutputs } from '../shared/heads.ts'
import type { Outputs } from '../model.ts'
import { divergence, type MappedState } from './stochastic-map.ts'
import type { Batch, Gold } from '../shared/batch.ts'

export type LossTensors = Readonly<Record<keyof LossParts, tf.Scalar>>

type LossWeights = Pick<TrainingConfig, 'alpha' | 'betaEntity' | 'betaRelation'>

/**
 * Losses in nats. Sums are divided by `sentenceCount`; when `batch` is a shard, pass the number of sentences of the
 * whole batch, so that the shards' losses and gradients add up to those of the batch. Parts that a variant lacks are
 * 0. @throws Error when the batch has no gold.
 */
export function computeLosses(
  outputs: Outputs,
  batch: Batch,
  { alpha, betaEntity, betaRelation }: LossWeights,
  sentenceCount: number = batch.lengths.length,
): LossTensors {
  if (!batch.gold) throw new Error('A batch without gold has no loss: its sentences carry neither spans nor triples')
  const { early, final, maps } = outputs
  const mean = (sum: tf.Scalar): tf.Scalar => tf.div(sum, sentenceCount)
  const none = tf.scalar(0)
  const entity = mean(tagLoss(final, batch.gold))
  const { pairs } = final
  const relation = pairs ? mean(pairLoss(pairs, { lengths: batch.lengths, cells: batch.gold.cells })) : none
  const earlyEntity = early ? mean(tagLoss(early.heads, batch.gold)) : none
  const earlyRelation = early?.relationLoss ? mean(early.relationLoss) : none
  const klEntity = mean(divergenceLoss(maps.entity))
  const klRelation = mean(divergenceLoss(maps.relation))
  const earlySum = tf.mul(tf.add(earlyEntity, earlyRelation), alpha)
  const flowSum = tf.add(tf.mul(klEntity, betaEntity), tf.mul(klRelation, betaRelation))
  const total: tf.Scalar = tf.add(tf.add(entity, relation), tf.add(earlySum, flowSum))
  return { total, entity, relation, earlyEntity, earlyRelation, klEntity, klRelation }
}

/** Cross-entropy of the tags, summed over tokens. */
function tagLoss({ tags }: HeadOutputs, gold: Gold): tf.Scalar {
  if (!tags) return tf.scalar(0)
  // cast after the operation: the WASM kernel writes integers into a float32 table
  const chosen = tf.cast(tf.oneHot(gold.tags, tags.shape[1]), 'float32')
  return tf.neg(tf.sum(tf.sum(tf.mul(tf.logSoftmax(tags), chosen), 1)))
}

/** KL divergence of one map, summed over tokens. */
function divergenceLoss(map: MappedState | null): tf.Scalar {
  return map?.distributions ? divergence(map.distributions) : tf.scalar(0)
}
