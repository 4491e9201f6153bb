/** The predictions of a member of a row, in the order of a split. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { withSymmetric, withThresholds, type Prediction, type Thresholds } from '#main/document/prediction'
import { statedPrediction, type StatedSentence } from '#main/evaluation/stated-prediction'
import type { Run } from '#main/runs/run'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'

/** A run, the predictions of another system, or what such a system states by sentence id and is not stored yet. */
export type Member =
  | {
      readonly runId: string
      /** Thresholds in place of those that the run predicts by. */
      readonly thresholds?: Thresholds | undefined
    }
  | { readonly systemId: string }
  | { readonly stated: ReadonlyMap<number, StatedSentence> }

/** The thresholds of a run's settings, whether or not others were tuned. */
export function givenThresholds({ config }: Pick<Run, 'config'>): Thresholds {
  return { usual: config.training.threshold, byRelation: {} }
}

/** Number of sentences whose predictions are read at a time. */
const chunk = 500

/** Null for a sentence without a prediction. */
export function* memberPredictions(
  { predictions, systems }: Pick<ReadWorkspace, 'predictions' | 'systems'>,
  member: Member,
  sentences: readonly LabelledSentence[],
): Generator<void, (Prediction | null)[]> {
  const found: (Prediction | null)[] = []
  for (let from = 0; from < sentences.length; from += chunk) {
    const part = sentences.slice(from, from + chunk)
    const ids = part.map(({ sentenceId }) => sentenceId)
    if ('runId' in member) {
      const stored = predictions.of(member.runId, ids)
      const read = (prediction: Prediction): Prediction =>
        member.thresholds ? withThresholds(prediction, member.thresholds) : prediction
      found.push(...ids.map((id) => stored.get(id) ?? null).map((own) => own && read(own)))
    } else {
      const stated = 'stated' in member ? member.stated : systems.stated(member.systemId, ids)
      for (const { sentenceId, words, symmetric } of part) {
        const own = stated.get(sentenceId)
        found.push(own ? withSymmetric(statedPrediction(own, words.length, 'last'), symmetric) : null)
      }
    }
    yield
  }
  return found
}
