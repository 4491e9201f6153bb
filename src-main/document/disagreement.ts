/** Disagreement of two runs on a sentence: what one of them finds and the other does not. */
import { relationKey, spanKey } from './annotation.ts'
import { decodeTriples, type Prediction } from './prediction.ts'

/** Number of spans and triples, by offsets and type, that exactly one of the two predictions holds. */
export function disagreementOf(one: Prediction, other: Prediction): number {
  const [mine, theirs] = [findingsOf(one), findingsOf(other)]
  const onlyIn = (some: Set<string>, others: Set<string>) => [...some].filter((key) => !others.has(key)).length
  return onlyIn(mine, theirs) + onlyIn(theirs, mine)
}

function findingsOf(prediction: Prediction): Set<string> {
  return new Set([
    ...prediction.spans.map(spanKey),
    ...decodeTriples(prediction).map(({ subject, type, object }) => relationKey(subject, type, object)),
  ])
}
