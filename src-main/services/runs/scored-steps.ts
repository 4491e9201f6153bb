/** Figures of stored predictions on a split, computed in the thread that reads. */
import { withThresholds, type Prediction, type Thresholds } from '#main/document/prediction'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { evaluate } from '#main/evaluation/evaluate'
import type { Evaluation } from '#main/evaluation/evaluation'
import { countInAllModes, type CountsByMode } from '#main/evaluation/sentence-counts'
import { statedPrediction } from '#main/evaluation/stated-prediction'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { digestSteps, identitySteps } from './gold-digests.ts'
import { splitSteps } from './run-splits.ts'
import type { SplitGoldRequest } from './split-gold-steps.ts'

/** ScoredMember: a run with the thresholds by which it is read, or the predictions of another system. */
export type ScoredMember = { readonly runId: string; readonly thresholds: Thresholds } | { readonly systemId: string }

export interface ScoreRequest extends SplitGoldRequest {
  readonly member: ScoredMember
}

export interface ScoredSplit {
  readonly evaluation: Evaluation
  readonly digests: Uint8Array
  readonly counts: CountsByMode
}

/** Number of sentences whose predictions are read at a step. */
const atOnce = 500

function* predictionsOf(
  { predictions, systems }: ReadWorkspace,
  member: ScoredMember,
  sentences: readonly LabelledSentence[],
): Generator<void, (Prediction | null)[]> {
  const found: (Prediction | null)[] = []
  for (let at = 0; at < sentences.length; at += atOnce) {
    const part = sentences.slice(at, at + atOnce)
    const ids = part.map(({ sentenceId }) => sentenceId)
    if ('runId' in member) {
      const stored = predictions.of(member.runId, ids)
      for (const id of ids) {
        const own = stored.get(id)
        found.push(own ? withThresholds(own, member.thresholds) : null)
      }
    } else {
      const stated = systems.stated(member.systemId, ids)
      for (const { sentenceId, words } of part) {
        const own = stated.get(sentenceId)
        found.push(own ? statedPrediction(own, words.length, 'last') : null)
      }
    }
    yield
  }
  return found
}

export function* scoredSteps(
  workspace: ReadWorkspace,
  { corpusId, split, divided, member }: ScoreRequest,
): Generator<void, ScoredSplit> {
  const sentences = yield* splitSteps(workspace.corpora, corpusId, split, divided)
  const train = split === 'train' ? sentences : yield* splitSteps(workspace.corpora, corpusId, 'train', divided)
  const predictions = yield* predictionsOf(workspace, member, sentences)
  const { sha256 } = yield* identitySteps(sentences)
  return {
    evaluation: { ...evaluate({ sentences, predictions, train }), sha256 },
    digests: yield* digestSteps(sentences),
    counts: countInAllModes(sentences, predictions),
  }
}
