/** Messages between the thread that leads a job and the helper threads that share it. */
import type { FailureCause } from '#main/backends/backend-failure'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { PredictJob, TrainJob } from '#main/compute/messages'
import type { PredictedAs } from '#main/runs/predicted-as'

/** Data that a helper is started with, from which its whole replica follows. */
export type SharedJob = TrainJob | PredictJob

/** Requests to a helper, handled one after the other; `pass` opens the barrier at which it waits within a step. */
export type HelperRequest =
  | { readonly type: 'connect'; readonly memory: SharedNumbers }
  | { readonly type: 'step'; readonly indices: readonly number[] }
  | { readonly type: 'predict'; readonly sentences: readonly SentenceWords[]; readonly how: PredictedAs | undefined }
  /** Of a prediction job: words that the checkpoint does not know; `forgets` lets those go that came before. */
  | { readonly type: 'words'; readonly words: WordVectors | null; readonly forgets: boolean }
  | { readonly type: 'pass' }

/** Reports of a helper. */
export type HelperReport =
  /** The helper's backend has started. */
  | { readonly type: 'ready' }
  /** The helper has reached a barrier and waits until all have. */
  | { readonly type: 'reached' }
  | { readonly type: 'predictions'; readonly predictions: readonly Prediction[] }
  | { readonly type: 'note'; readonly message: string }
  | { readonly type: 'failed'; readonly message: string; readonly cause: FailureCause }

/** Memory shared by all replicas: `size` rows of `length` floats, one per replica, then one row for their sums. */
export interface SharedNumbers {
  readonly buffer: SharedArrayBuffer
  readonly length: number
  readonly size: number
  readonly rank: number
}
