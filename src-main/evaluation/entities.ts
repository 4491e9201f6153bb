/** Scores of the spans, by offsets and type: of all spans, and of those that take part in gold triples. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { decodeTriples, type Prediction } from '#main/document/prediction'
import type { TripleSpan } from '#main/document/relation'
import { sumScores, toScores, type Scores } from './scores.ts'

interface EntityScores {
  readonly all: Scores
  /** Scores of the predicted spans of predicted triples against the gold spans of gold triples. */
  readonly inTriples: Scores
}

/** Micro scores. `predictions` are in the order of `sentences`, with null for a sentence without one. */
export function scoreEntities(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
): EntityScores {
  const all = sentences.map(({ spans }, index) => scoreSpans(spans, predictions[index]?.spans ?? []))
  const inTriples = sentences.map(({ triples }, index) => {
    const prediction = predictions[index]
    const found = prediction ? decodeTriples(prediction) : []
    return scoreSpans(endsOf(triples), endsOf(found))
  })
  return { all: sumScores(all), inTriples: sumScores(inTriples) }
}

function endsOf(triples: readonly { readonly subject: TripleSpan; readonly object: TripleSpan }[]): TripleSpan[] {
  return triples.flatMap(({ subject, object }) => [subject, object])
}

function scoreSpans(gold: readonly TripleSpan[], predicted: readonly TripleSpan[]): Scores {
  const keys = (spans: readonly TripleSpan[]) =>
    new Set(spans.map(({ start, end, label }) => JSON.stringify([start, end, label])))
  const [goldKeys, predictedKeys] = [keys(gold), keys(predicted)]
  return toScores(goldKeys.size, predictedKeys.size, [...predictedKeys].filter((key) => goldKeys.has(key)).length)
}
