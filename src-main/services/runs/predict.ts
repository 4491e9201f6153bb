/** Predict: from sentences to predictions in their order, as a session does it. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'

export type Predict = (sentences: readonly SentenceWords[], options?: PredictOptions) => Promise<Prediction[]>

export interface PredictOptions {
  readonly progress?: ((done: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Draws the stochastic maps by this seed. */
  readonly sampleSeed?: number | undefined
}
