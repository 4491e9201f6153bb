/**
 * Over-reliance: whether final gold agrees more with a run where its suggestions were shown than where they were not.
 * The result states counts and the certainty of the difference, never a cause.
 */
import { relationKey, spanKey, type Annotation } from '#main/document/annotation'
import { decodeTriples, type Prediction } from '#main/document/prediction'
import { orderEnds } from '#main/document/symmetric'
import { suggestedTriples, suggestionsOf } from '#main/document/suggestions'
import { toScores } from '#main/evaluation/scores'
import { bootstrapInterval, type Interval } from './bootstrap-interval.ts'

/** A reviewed sentence with its final annotation and the run's prediction. */
export interface ReviewedSentence {
  /** Whether the run's suggestions were withheld until the sentence was reviewed. */
  readonly isBlind: boolean
  readonly annotation: Annotation
  readonly prediction: Prediction
}

export interface Agreement {
  /** F1 between prediction and final annotation, 0 to 1; null where both are empty. */
  readonly assisted: number | null
  readonly blind: number | null
  /** F1 of assisted minus that of blind sentences, with its interval; null where there are too few sentences. */
  readonly difference: (Interval & { readonly value: number }) | null
}

export interface OverReliance {
  readonly assistedSentences: number
  readonly blindSentences: number
  /** Number of suggestions in assisted sentences by what became of them. */
  readonly suggestions: { readonly accepted: number; readonly rejected: number; readonly left: number }
  readonly spans: Agreement
  readonly triples: Agreement
}

/** Number of sentences of each kind below which no difference is given. */
export const fewestSentences = 20

export function overRelianceOf(sentences: readonly ReviewedSentence[], runId: string, seed: number): OverReliance {
  const assisted = sentences.filter(({ isBlind }) => !isBlind)
  const blind = sentences.filter(({ isBlind }) => isBlind)
  const agreement = (countsOf: (sentence: ReviewedSentence) => Counts): Agreement =>
    compare(assisted.map(countsOf), blind.map(countsOf), seed)
  return {
    assistedSentences: assisted.length,
    blindSentences: blind.length,
    suggestions: answersOf(assisted, runId),
    spans: agreement(spanCounts),
    triples: agreement(tripleCounts),
  }
}

interface Counts {
  readonly gold: number
  readonly predicted: number
  readonly correct: number
}

function compare(assisted: readonly Counts[], blind: readonly Counts[], seed: number): Agreement {
  const [shown, hidden] = [f1Of(assisted), f1Of(blind)]
  const isEnough = Math.min(assisted.length, blind.length) >= fewestSentences
  if (!isEnough || shown === null || hidden === null) return { assisted: shown, blind: hidden, difference: null }
  const differenceOf = ([one = [], other = []]: readonly (readonly Counts[])[]) => (f1Of(one) ?? 0) - (f1Of(other) ?? 0)
  const interval = bootstrapInterval([assisted, blind], differenceOf, { seed })
  return { assisted: shown, blind: hidden, difference: { value: shown - hidden, ...interval } }
}

/** F1 of the summed counts; null where there is neither gold nor a prediction. */
function f1Of(parts: readonly Counts[]): number | null {
  let [gold, predicted, correct] = [0, 0, 0]
  for (const part of parts) {
    gold += part.gold
    predicted += part.predicted
    correct += part.correct
  }
  return gold + predicted === 0 ? null : toScores(gold, predicted, correct).f1
}

function spanCounts({ annotation, prediction }: ReviewedSentence): Counts {
  return count(annotation.spans.map(spanKey), prediction.spans.map(spanKey))
}

function tripleCounts({ annotation, prediction }: ReviewedSentence): Counts {
  const spans = new Map(annotation.spans.map((span) => [span.id, span]))
  const gold = annotation.relations.flatMap(({ subject, type, object }) => {
    const [from, to] = [spans.get(subject), spans.get(object)]
    if (!from || !to) return []
    const [first, second] = orderEnds(prediction.symmetric, type, from, to)
    return [relationKey(first, type, second)]
  })
  return count(
    gold,
    decodeTriples(prediction).map(({ subject, type, object }) => relationKey(subject, type, object)),
  )
}

function count(gold: readonly string[], predicted: readonly string[]): Counts {
  const [right, said] = [new Set(gold), new Set(predicted)]
  return { gold: right.size, predicted: said.size, correct: [...said].filter((key) => right.has(key)).length }
}

/** Counts of the suggestions by what became of them. A suggestion that was accepted and then changed counts as left. */
function answersOf(sentences: readonly ReviewedSentence[], runId: string): OverReliance['suggestions'] {
  let [accepted, rejected, left] = [0, 0, 0]
  for (const { annotation, prediction } of sentences) {
    const isTaken = ({ provenance }: { provenance: { origin: string; author: string } }) =>
      provenance.origin === 'run' && provenance.author === runId
    const said = new Set([
      ...prediction.spans.map((span) => `span ${spanKey(span)}`),
      ...suggestedTriples(annotation, prediction).map(
        (found) => `relation ${relationKey(found.subject, found.type, found.object)}`,
      ),
    ])
    accepted += annotation.spans.filter(isTaken).length + annotation.relations.filter(isTaken).length
    rejected += annotation.rejections.filter(({ kind, key }) => said.has(`${kind} ${key}`)).length
    left += suggestionsOf(annotation, prediction).length
  }
  return { accepted, rejected, left }
}
