/** Parts of a variant: its switches resolved once into names, by which tables are looked up. */
import type { PmeiModel } from '#main/runs/config'
import type { Task, Variant } from '#main/runs/variant'
import type { CellName } from '../shared/cells.ts'

export interface Parts {
  readonly hasEarly: boolean
  readonly map: Variant['map']
  readonly cell: CellName
  /** Prior of the sampled states: learned from y', or N(0, I). */
  readonly prior: 'learned' | 'standard'
  /** Width of the early predictions that each task's map uses. */
  readonly sees: Readonly<Record<Task, number>>
}

export function partsOf(config: PmeiModel): Parts {
  const { tasks, early, map, interaction, gru, resetAfter, tags, relations } = config
  const own = { entity: tags.length, relation: relations.length }
  const all = tasks.reduce((sum, task) => sum + own[task], 0)
  const seen = interaction ? { entity: all, relation: all } : own
  return {
    hasEarly: early,
    map,
    cell: gru ? (resetAfter ? 'reset-after' : 'gated') : 'affine',
    prior: early ? 'learned' : 'standard',
    sees: early ? seen : { entity: 0, relation: 0 },
  }
}
