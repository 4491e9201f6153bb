/** Predict: from sentences to predictions in their order, as a session does it. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { PredictedAs } from '#main/runs/predicted-as'
import type { Prediction } from '#main/document/prediction'

export type Predict = (sentences: readonly SentenceWords[], options?: PredictOptions) => Promise<Prediction[]>

export interface PredictOptions {
  readonly progress?: ((done: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** How they are predicted where it is not as the run is configured. */
  readonly how?: PredictedAs | undefined
}
