/** Losses of the heads: cross-entropies of tags and cells, summed over the batch. */
import * as tf from '@tensorflow/tfjs-core'
import { pairLoss } from '#main/kernels/pair-loss'
import type { LossTensors } from '../family.ts'
import type { Batch } from './batch.ts'
import type { HeadOutputs } from './heads.ts'
import type { TagsAndCells } from './tags-and-cells.ts'

/** Cross-entropy of the tags, summed over words; 0 where the model learns none. */
export function tagLoss({ tags }: HeadOutputs, gold: TagsAndCells): tf.Scalar {
  if (!tags) return tf.scalar(0)
  // cast after the operation: the WASM kernel writes integers into a float32 table
  const chosen = tf.cast(tf.oneHot(tf.tensor1d(gold.tags, 'int32'), tags.shape[1]), 'float32')
  return tf.neg(tf.sum(tf.sum(tf.mul(tf.logSoftmax(tags), chosen), 1)))
}

/** Binary cross-entropy of the cells, summed over all of them; 0 where the model learns none. */
export function cellLoss({ pairs }: HeadOutputs, lengths: readonly number[], gold: TagsAndCells): tf.Scalar {
  return pairs ? pairLoss(pairs, { lengths, cells: gold.cells }) : tf.scalar(0)
}

/** The gold of a batch to learn from. @throws Error when it has none. */
export function goldToLearn<Gold>({ gold }: Batch<Gold>): Gold {
  if (!gold) throw new Error('A batch without gold has no loss: its sentences carry neither spans nor triples')
  return gold
}

/** The losses of a family that learns by its final predictions alone. */
export function sumOfBoth(entity: tf.Scalar, relation: tf.Scalar): LossTensors {
  const none = tf.scalar(0)
  return {
    total: tf.add(entity, relation),
    ...{ entity, relation, earlyEntity: none, earlyRelation: none, klEntity: none, klRelation: none },
  }
}
