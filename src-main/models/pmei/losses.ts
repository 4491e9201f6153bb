/** Losses, equations (12) to (15): sums over tokens and cells, averaged over sentences, and their weighted total. */
import * as tf from '@tensorflow/tfjs-core'
import type { LossTensors, LossWeights } from '../family.ts'
import type { Batch } from '../shared/batch.ts'
import { cellLoss, goldToLearn, tagLoss } from '../shared/head-losses.ts'
import type { TagsAndCells } from '../shared/tags-and-cells.ts'
import type { PmeiOutputs } from './forward.ts'
import { divergence, type MappedState } from './stochastic-map.ts'

/**
 * Losses in nats. Sums are divided by `sentenceCount`; when `batch` is a shard, pass the number of sentences of the
 * whole batch, so that the shards' losses and gradients add up to those of the batch. Parts that a variant lacks are
 * 0. @throws Error when the batch has no gold.
 */
export function computeLosses(
  outputs: PmeiOutputs,
  batch: Batch<TagsAndCells>,
  { alpha, betaEntity, betaRelation }: LossWeights,
  sentenceCount: number = batch.lengths.length,
): LossTensors {
  const gold = goldToLearn(batch)
  const { early, final, maps } = outputs
  const mean = (sum: tf.Scalar): tf.Scalar => tf.div(sum, sentenceCount)
  const none = tf.scalar(0)
  const entity = mean(tagLoss(final, gold))
  const relation = mean(cellLoss(final, batch.lengths, gold))
  const earlyEntity = early ? mean(tagLoss(early.heads, gold)) : none
  const earlyRelation = early?.relationLoss ? mean(early.relationLoss) : none
  const klEntity = mean(divergenceLoss(maps.entity))
  const klRelation = mean(divergenceLoss(maps.relation))
  const earlySum = tf.mul(tf.add(earlyEntity, earlyRelation), alpha)
  const flowSum = tf.add(tf.mul(klEntity, betaEntity), tf.mul(klRelation, betaRelation))
  const total: tf.Scalar = tf.add(tf.add(entity, relation), tf.add(earlySum, flowSum))
  return { total, entity, relation, earlyEntity, earlyRelation, klEntity, klRelation }
}

/** KL divergence of one map, summed over tokens. */
function divergenceLoss(map: MappedState | null): tf.Scalar {
  return map?.distributions ? divergence(map.distributions) : tf.scalar(0)
}
