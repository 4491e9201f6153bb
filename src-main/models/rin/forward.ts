/**
 * Forward pass of RIN: K rounds over shared weights. In each, both tasks predict, and a gated cell updates the state of each
 * task by the predictions of both. The last states give the final predictions, by the same heads.
 */
import * as tf from '@tensorflow/tfjs-core'
import { stateWidth, type RinModel } from '#main/runs/config'
import { tasks, type Task } from '#main/runs/variant'
import type { Batch } from '../shared/batch.ts'
import { cells } from '../shared/cells.ts'
import type { PredictedHeads } from '../shared/decode-heads.ts'
import { applyHeads, headWeights, type HeadOutputs } from '../shared/heads.ts'
import { poolRelations } from '../shared/most-likely-partner.ts'
import type { TagsAndCells } from '../shared/tags-and-cells.ts'
import { dense, denseWeights, type WeightSpec, type Weights } from '../shared/weights.ts'

export interface RinOutputs {
  /** Predictions of the first round, before any update; their cells are null for a batch with gold. */
  readonly first: PredictedHeads
  /** What the cells of each round are shown: probabilities of the tags, then f* of the relation types [k, T + l]. */
  readonly shown: readonly tf.Tensor2D[]
  readonly final: HeadOutputs
}

/** The states t_e and t_r [k, d] of the tasks. */
type States = Readonly<Record<Task, tf.Tensor2D>>

const cellOf = ({ resetAfter }: RinModel) => cells[resetAfter ? 'reset-after' : 'gated']

export function rinWeights(config: RinModel): WeightSpec[] {
  const width = stateWidth(config)
  const seen = config.tags.length + config.relations.length
  return [
    ...tasks.flatMap((task) => [
      ...denseWeights(`feature.${task}`, width, width),
      ...cellOf(config).weights(`update.${task}`, width + seen, width),
    ]),
    ...headWeights('final', config),
  ]
}

export function forward(
  shared: tf.Tensor2D,
  batch: Batch<TagsAndCells>,
  config: RinModel,
  weights: Weights,
): RinOutputs {
  const feature = (task: Task): tf.Tensor2D => tf.tanh(dense(shared, weights, `feature.${task}`))
  const rounds: { readonly predicted: PredictedHeads; readonly shown: tf.Tensor2D }[] = []
  let states: States = { entity: feature('entity'), relation: feature('relation') }
  for (let round = 0; round < config.rounds; round++) {
    const { predicted, shown } = predict(states, batch, weights)
    rounds.push({ predicted, shown })
    const update = (task: Task): tf.Tensor2D => cellOf(config).apply(states[task], shown, weights, `update.${task}`)
    states = { entity: update('entity'), relation: update('relation') }
  }
  const [first] = rounds
  return {
    first: first?.predicted ?? { tags: null, pairs: null },
    shown: rounds.map(({ shown }) => shown),
    final: applyHeads(states, weights, 'final'),
  }
}

function predict(states: States, batch: Batch<TagsAndCells>, weights: Weights) {
  const heads = applyHeads(states, weights, 'final')
  if (!heads.tags || !heads.pairs) throw new Error('RIN predicts both tasks in every round')
  const tags = tf.softmax<tf.Tensor2D>(heads.tags)
  const { probabilities, prediction } = poolRelations(heads.pairs, batch)
  return { predicted: { tags, pairs: prediction }, shown: tf.concat2d([tags, probabilities], 1) }
}
