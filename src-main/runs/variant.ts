/** Variant: which parts of PMEI a model has, as switches. */
import type { TrainingConfig } from './setting-values.ts'

export const tasks = ['entity', 'relation'] as const
export type Task = (typeof tasks)[number]

export interface Variant {
  /** What is learnt and predicted; both share the encoder. */
  readonly tasks: readonly Task[]
  /** Early classifiers exist; they have a loss, and feed the maps where there are any. */
  readonly early: boolean
  /** From the shared state to a task's own: none, its mean alone, or drawn, with a KL term that bounds its information. */
  readonly map: 'none' | 'deterministic' | 'stochastic'
  /** Each task's map sees both tasks' early predictions, else only its own. */
  readonly interaction: boolean
  /** Mean and deviation come from GRU cells, else from one affine map each. */
  readonly gru: boolean
}

/** What a variant changes beside its parts. */
export interface VariantSettings<Name extends string> {
  readonly training?: Partial<TrainingConfig>
  /** Its LSTM is widened until it trains about as many numbers, word vectors not counted, as this variant. */
  readonly asLargeAs?: Name
}
