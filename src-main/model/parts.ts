/** Which parts a variant is made of: four switches resolved once into names that tables are looked up by. */
import type { ModelConfig } from '#main/runs/config'

export const tasks = ['entity', 'relation'] as const
export type Task = (typeof tasks)[number]

export interface Parts {
  readonly hasEarly: boolean
  readonly map: 'none' | 'deterministic' | 'stochastic'
  readonly cell: 'gated' | 'affine'
  /** What the sampled states are held against: a learnt guess from y', or N(0, I). */
  readonly prior: 'learned' | 'standard'
  /** Width of the early predictions each task's map sees. */
  readonly sees: Readonly<Record<Task, number>>
}

export function partsOf(config: ModelConfig): Parts {
  const { early, stochastic, interaction, gru, tags, relations } = config
  const own = { entity: tags.length, relation: relations.length }
  const both = tags.length + relations.length
  const seen = interaction ? { entity: both, relation: both } : own
  return {
    hasEarly: early,
    map: stochastic ? 'stochastic' : early ? 'deterministic' : 'none',
    cell: gru ? 'gated' : 'affine',
    prior: early ? 'learned' : 'standard',
    sees: early ? seen : { entity: 0, relation: 0 },
  }
}
