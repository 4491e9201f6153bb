/** Variants as a table of what they switch on (model.md 6; the paper's Table 6): data, never if-chains. */

export interface Variant {
  /** Early classifiers exist and feed the maps. */
  readonly early: boolean
  /** T is sampled and its information is bounded by a KL term. */
  readonly stochastic: boolean
  /** Each task's map sees both tasks' early predictions, else only its own. */
  readonly interaction: boolean
  /** Mean and deviation come from GRU cells, else from one affine map each. */
  readonly gru: boolean
}

export const variants = {
  mtl: { early: false, stochastic: false, interaction: false, gru: false },
  'mtl-sm': { early: false, stochastic: true, interaction: false, gru: false },
  pmei: { early: true, stochastic: true, interaction: true, gru: true },
  'pmei-without-sm': { early: true, stochastic: false, interaction: true, gru: true },
  'pmei-without-interaction': { early: true, stochastic: true, interaction: false, gru: true },
  'pmei-without-gru': { early: true, stochastic: true, interaction: true, gru: false },
} as const satisfies Record<string, Variant>

export type VariantName = keyof typeof variants

export const variantNames = Object.keys(variants) as VariantName[] // the keys of the table above, no others

export const variantMeanings: Record<VariantName, string> = {
  mtl: 'Plain multitask learning: both tasks share the encoder and nothing else',
  'mtl-sm': 'MTL with a stochastic map per task, but no early predictions',
  pmei: 'The full model: early predictions of both tasks inform the final ones through stochastic maps',
  'pmei-without-sm': 'PMEI with deterministic maps: nothing bounds the information that flows',
  'pmei-without-interaction': 'PMEI in which each task sees only its own early prediction',
  'pmei-without-gru': 'PMEI whose maps are affine instead of gated',
}
