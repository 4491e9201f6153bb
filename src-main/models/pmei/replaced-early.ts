/** What the maps are shown of a batch: the early predictions, or what is shown in their place. */
import * as tf from '@tensorflow/tfjs-core'
import { lookUpRows } from '#main/kernels/rows'
import type { PmeiModel } from '#main/runs/config'
import type { Batch } from '../shared/batch.ts'
import type { TaskStates } from '../shared/heads.ts'
import type { TagsAndCells } from '../shared/tags-and-cells.ts'
import type { EarlyPredictions } from './early-classifiers.ts'

export function shownToMaps(
  { shown }: EarlyPredictions,
  { early, rows }: Pick<Batch<TagsAndCells>, 'early' | 'rows'>,
  config: PmeiModel,
): TaskStates {
  if (!early) return shown
  const each = (change: (state: tf.Tensor2D) => tf.Tensor2D): TaskStates => ({
    entity: shown.entity && change(shown.entity),
    relation: shown.relation && change(shown.relation),
  })
  switch (early.kind) {
    case 'nothing':
      return each((state) => tf.zerosLike(state))
    case 'noise': {
      const order = tf.tensor1d(early.rows, 'int32')
      return each((state) => lookUpRows(state, order))
    }
    case 'gold':
      return goldShown(early.gold, rows, config)
  }
}

/** Gold as y': a tag of each word [k, T] with probability 1, and the relation types of which it is a subject [k, l]. */
function goldShown(
  { tags, cells }: TagsAndCells,
  rows: number,
  { tasks, interaction, ...model }: PmeiModel,
): TaskStates {
  const types = model.relations.length
  const tagShown = tasks.includes('entity')
    ? (tf.oneHot(tf.tensor1d(tags, 'int32'), model.tags.length, 1, 0, 'float32') as tf.Tensor2D) // [k, T]
    : null
  const held = new Float32Array(rows * types)
  for (let at = 0; at < cells.length; at += 3) held[(cells[at] ?? 0) * types + (cells[at + 2] ?? 0)] = 1
  const relationShown = tasks.includes('relation') ? tf.tensor2d(held, [rows, types]) : null
  const both = interaction && tagShown && relationShown ? tf.concat2d([tagShown, relationShown], 1) : null
  return { entity: both ?? tagShown, relation: both ?? relationShown }
}
