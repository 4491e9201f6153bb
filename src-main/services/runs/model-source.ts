/** ModelSource: what predictions are made with, wherever it is kept: the checkpoint of a run, or the folder of a model. */
import type { CheckpointBytes } from '#main/compute/messages'
import type { Thresholds } from '#main/document/prediction'
import type { SymmetricTypes } from '#main/document/relation'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { BackendChoice } from '#main/runs/backend-name'

export interface ModelSource {
  readonly backend: BackendChoice
  /** Number of threads; 0 for as many as the machine has processors. */
  readonly threads: number
  /** Files of a checkpoint by name; those of the optimizer are not needed. */
  readonly checkpoint: CheckpointBytes
  /** Files of a frozen BERT's folder, which no checkpoint contains. */
  readonly encoder: CheckpointBytes | null
  /** Finds vectors of words that the checkpoint does not know; null where such words are read as unknown. */
  readonly unseen: FindVectors | null
  /** Tuned thresholds; null where that of the checkpoint holds for all relation types. */
  readonly thresholds: Thresholds | null
  /** Relation types without a direction in the data that it learnt from. */
  readonly symmetric?: SymmetricTypes | undefined
}

/**
 * Vectors of those of `words` (lower case) that have one; null where none has. A word is asked for again only when
 * the session has let it go.
 */
export type FindVectors = (words: ReadonlySet<string>, signal?: AbortSignal) => Promise<WordVectors | null>
