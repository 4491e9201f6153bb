/** Compares a prediction with gold: the number of triples in which they differ, and the lowest probability of what the prediction finds. */
import { relationKey, type Annotation } from './annotation.ts'
import { decodeTriples, type Prediction } from './prediction.ts'
import type { TripleSpan } from './relation.ts'
import { orderEnds } from './symmetric.ts'

/**
 * Number of triples that exactly one of gold and the prediction holds, by offsets and relation type. A gold triple whose strings do
 * not stand in the sentence is one that no prediction holds.
 * @param unanchored number of such gold triples
 */
export function goldDifference(
  { spans, relations }: Pick<Annotation, 'spans' | 'relations'>,
  unanchored: number,
  prediction: Prediction,
): number {
  const keyOf = (from: TripleSpan, type: string, to: TripleSpan): string => {
    const [subject, object] = orderEnds(prediction.symmetric, type, from, to)
    return relationKey(subject, type, object)
  }
  const spanOf = new Map(spans.map((span) => [span.id, span]))
  const gold = new Set(
    relations.flatMap(({ subject, type, object }) => {
      const [from, to] = [spanOf.get(subject), spanOf.get(object)]
      return from && to ? [keyOf(from, type, to)] : []
    }),
  )
  const found = new Set(
    decodeTriples(prediction).map(({ subject, type, object }) => relationKey(subject, type, object)),
  )
  const shared = [...found].filter((key) => gold.has(key)).length
  return gold.size + found.size - 2 * shared + unanchored
}

/** Lowest probability among the spans and triples that a prediction finds; null when it finds nothing. */
export function leastConfidence(prediction: Prediction): number | null {
  const found = [...prediction.spans, ...decodeTriples(prediction)]
  return found.length === 0 ? null : Math.min(...found.map(({ probability }) => probability))
}
