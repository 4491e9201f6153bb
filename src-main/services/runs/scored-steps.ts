/** Figures of stored predictions on a split, computed in the thread that reads. */
import type { Thresholds } from '#main/document/prediction'
import { evaluate } from '#main/evaluation/evaluate'
import type { Evaluation } from '#main/evaluation/evaluation'
import { countInAllModes, type CountsByMode } from '#main/evaluation/sentence-counts'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { memberPredictions, type Member } from '../comparisons/member-predictions.ts'
import { digestSteps, identitySteps } from './gold-digests.ts'
import { splitSteps } from './run-splits.ts'
import type { SplitGoldRequest } from './split-gold-steps.ts'

/** ScoredMember: a run with the thresholds by which it is read, or the predictions of another system, stored or not. */
export type ScoredMember =
  | { readonly runId: string; readonly thresholds: Thresholds }
  | Exclude<Member, { readonly runId: string }>

export interface ScoreRequest extends SplitGoldRequest {
  readonly member: ScoredMember
}

export interface ScoredSplit {
  readonly evaluation: Evaluation
  readonly digests: Uint8Array
  readonly counts: CountsByMode
}

export function* scoredSteps(
  workspace: ReadWorkspace,
  { corpusId, split, divided, member }: ScoreRequest,
): Generator<void, ScoredSplit> {
  const sentences = yield* splitSteps(workspace.corpora, corpusId, split, divided)
  const train = split === 'train' ? sentences : yield* splitSteps(workspace.corpora, corpusId, 'train', divided)
  const predictions = yield* memberPredictions(workspace, member, sentences)
  const { sha256 } = yield* identitySteps(sentences)
  return {
    evaluation: { ...evaluate({ sentences, predictions, train }), sha256 },
    digests: yield* digestSteps(sentences),
    counts: countInAllModes(sentences, predictions),
  }
}
