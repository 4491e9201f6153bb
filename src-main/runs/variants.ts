/** The variants: the paper's models (Table 6, Figure 1) and controls, as a table of the parts that each switches on. */
import { tasks, type Variant, type VariantSettings } from './variant.ts'

const joint = { tasks, early: false, map: 'none', interaction: false, gru: false } as const satisfies Variant
const pmei = { tasks, early: true, map: 'stochastic', interaction: true, gru: true } as const satisfies Variant

/** The single-task models of Figure 1: A classifies the shared state, B the output of a deterministic map, C that of a drawn one. */
const basic = { ...joint, gru: true } as const
const early = { ...basic, early: true, map: 'deterministic' } as const
const drawn = { ...early, map: 'stochastic' } as const

export const variants = {
  mtl: joint,
  'mtl-sm': { ...joint, map: 'stochastic' },
  pmei,
  'pmei-without-sm': { ...pmei, map: 'deterministic' },
  'pmei-without-interaction': { ...pmei, interaction: false },
  'pmei-without-gru': { ...pmei, gru: false },
  'entity-a': { ...basic, tasks: ['entity'] },
  'entity-b': { ...early, tasks: ['entity'] },
  'entity-c': { ...drawn, tasks: ['entity'] },
  'relation-a': { ...basic, tasks: ['relation'] },
  'relation-b': { ...early, tasks: ['relation'] },
  'relation-c': { ...drawn, tasks: ['relation'] },
  'mtl-wide': joint,
  'mtl-early': { ...joint, early: true },
  'pmei-without-kl': pmei,
} as const satisfies Record<string, Variant>

export type VariantName = keyof typeof variants

export const variantNames = Object.keys(variants) as VariantName[] // the keys of the table above

/** Groups of variants: the paper's joint models, its single-task models, and controls that the paper lacks. */
export const variantGroups = {
  joint: ['mtl', 'mtl-sm', 'pmei', 'pmei-without-sm', 'pmei-without-interaction', 'pmei-without-gru'],
  'single task': ['entity-a', 'entity-b', 'entity-c', 'relation-a', 'relation-b', 'relation-c'],
  control: ['mtl-wide', 'mtl-early', 'pmei-without-kl'],
} as const satisfies Record<string, readonly VariantName[]>

export const variantSettings: Partial<Record<VariantName, VariantSettings<VariantName>>> = {
  'mtl-wide': { asLargeAs: 'pmei' },
  'pmei-without-kl': { training: { betaEntity: 0, betaRelation: 0 } },
}

export const variantMeanings: Record<VariantName, string> = {
  mtl: 'Plain multitask learning: both tasks share the encoder and nothing else',
  'mtl-sm': 'MTL with a stochastic map per task, but no early predictions',
  pmei: 'The full model: early predictions of both tasks inform the final ones through stochastic maps',
  'pmei-without-sm': 'PMEI with deterministic maps: nothing bounds the information that flows',
  'pmei-without-interaction': 'PMEI in which each task sees only its own early prediction',
  'pmei-without-gru': 'PMEI whose maps are affine instead of gated',
  'entity-a': 'Entities alone, classified from the shared state',
  'entity-b': 'Entities alone, with an early prediction and a deterministic map',
  'entity-c': 'Entities alone, with an early prediction and a stochastic map',
  'relation-a': 'Relations alone, classified from the shared state: only word pairs, no spans',
  'relation-b': 'Relations alone, with an early prediction and a deterministic map',
  'relation-c': 'Relations alone, with an early prediction and a stochastic map',
  'mtl-wide': 'MTL with a wider LSTM, so that it has as many weights as PMEI: is it only size?',
  'mtl-early': 'MTL that also learns PMEI’s early predictions but does not use them: is it only the extra loss?',
  'pmei-without-kl': 'PMEI with both betas 0: maps are drawn, but nothing bounds the information that flows',
}
