/** PredictedAs: how sentences are predicted where it is not as the run is configured. */
import type { EarlyInput } from './early-input.ts'

export interface PredictedAs {
  /** Seed for a draw from the stochastic maps; when left out, the run's setting applies. */
  readonly sampleSeed?: number
  /** What the maps are shown in place of early predictions. */
  readonly early?: EarlyInput
}
