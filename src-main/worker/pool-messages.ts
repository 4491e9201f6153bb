/** What crosses between the thread that leads a job and the helper threads that share it. */
import type { FailureCause } from '#main/backends/backend-failure'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { PredictJob, TrainJob } from '#main/compute/messages'

/** What a helper is started with: all that its replica follows from. */
export type SharedJob = TrainJob | Omit<PredictJob, 'sentences'>

/** To a helper, worked on one after the other; `pass` is what it waits for in the middle of a step. */
export type HelperRequest =
  | { readonly type: 'connect'; readonly memory: SharedNumbers }
  | { readonly type: 'step'; readonly indices: readonly number[] }
  | { readonly type: 'predict'; readonly sentences: readonly SentenceWords[] }
  | { readonly type: 'pass' }

/** From a helper. */
export type HelperReport =
  /** Its backend has started. */
  | { readonly type: 'ready' }
  /** It has come to a barrier and waits until all have. */
  | { readonly type: 'reached' }
  | { readonly type: 'predictions'; readonly predictions: readonly Prediction[] }
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'failed'; readonly message: string; readonly cause: FailureCause }

/** Memory that all replicas share: `size` rows of `length` floats, one per replica, then one row for their sums. */
export interface SharedNumbers {
  readonly buffer: SharedArrayBuffer
  readonly length: number
  readonly size: number
  readonly rank: number
}
