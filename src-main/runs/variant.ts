/** Variant: which parts of PMEI a model has, as switches. */
import type { TrainingConfig } from './setting-values.ts'

export const tasks = ['entity', 'relation'] as const
export type Task = (typeof tasks)[number]

export interface Variant {
  /** Tasks that are learnt and predicted; both share the encoder. */
  readonly tasks: readonly Task[]
  /** Whether there are early classifiers. They have a loss of their own and feed the maps where there are maps. */
  readonly early: boolean
  /** Map from the shared state to the state of a task: none, its mean alone, or drawn, with a KL term that bounds its information. */
  readonly map: 'none' | 'deterministic' | 'stochastic'
  /** Whether the map of a task sees the early predictions of both tasks, or only its own. */
  readonly interaction: boolean
  /** Whether mean and deviation come from GRU cells, or from one affine map each. */
  readonly gru: boolean
}

/** Settings that a variant fixes, beside its parts. */
export interface VariantSettings<Name extends string> {
  readonly training?: Partial<TrainingConfig>
  /** Variant whose number of weights, word vectors not counted, it is to have: its LSTM is widened until it does. */
  readonly asLargeAs?: Name
}
