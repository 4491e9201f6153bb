/** Gold of a split as far as stored figures are compared with it, read in a thread. */
import type { Split } from '#main/document/doc'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { digestSteps } from './gold-digests.ts'
import { splitSteps, type DividedRun } from './run-splits.ts'

export interface SplitGold {
  /** Eight bytes for each sentence of the split, in order. */
  readonly digests: Uint8Array
  readonly sentenceIds: readonly number[]
}

export interface SplitGoldRequest {
  readonly corpusId: number
  readonly split: Split
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
}

export function* splitGoldSteps(
  { corpora }: Pick<ReadWorkspace, 'corpora'>,
  { corpusId, split, divided }: SplitGoldRequest,
): Generator<void, SplitGold> {
  const sentences = yield* splitSteps(corpora, corpusId, split, divided)
  const digests = yield* digestSteps(sentences)
  return { digests, sentenceIds: sentences.map(({ sentenceId }) => sentenceId) }
}
