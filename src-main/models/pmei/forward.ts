/** Forward pass of PMEI: early predictions, a map per task, final heads. */
import type * as tf from '@tensorflow/tfjs-core'
import type { PmeiModel } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import type { Batch } from '../shared/batch.ts'
import { applyHeads, type HeadOutputs } from '../shared/heads.ts'
import type { Noise } from '../shared/noise.ts'
import type { TagsAndCells } from '../shared/tags-and-cells.ts'
import type { Weights } from '../shared/weights.ts'
import { predictEarly, type EarlyPredictions } from './early-classifiers.ts'
import { partsOf } from './parts.ts'
import { shownToMaps } from './replaced-early.ts'
import { applyMap, type MappedState } from './stochastic-map.ts'

export interface PmeiOutputs {
  /** Shared states H [k, d]. */
  readonly shared: tf.Tensor2D
  readonly early: EarlyPredictions | null
  /** Mapped states by task; null for a task that the model does not learn. */
  readonly maps: Readonly<Record<Task, MappedState | null>>
  readonly final: HeadOutputs
}

export function forward(
  shared: tf.Tensor2D,
  batch: Batch<TagsAndCells>,
  noise: Noise | null,
  config: PmeiModel,
  weights: Weights,
): PmeiOutputs {
  const early = partsOf(config).hasEarly ? predictEarly(shared, batch, weights, config) : null
  const shown = early && shownToMaps(early, batch, config)
  const map = (task: Task): MappedState | null =>
    config.tasks.includes(task)
      ? applyMap({ shared, shown: shown?.[task] ?? null, noise: noise?.[task] ?? null }, task, config, weights)
      : null
  const maps = { entity: map('entity'), relation: map('relation') }
  const states = { entity: maps.entity?.state ?? null, relation: maps.relation?.state ?? null }
  return { shared, early, maps, final: applyHeads(states, weights, 'final') }
}
