/** Spans and triples that a model finds whole, joined over the windows of a sentence: what two windows found counts once. */
import type { PredictedSpan, PredictedTriple } from './prediction.ts'
import type { TripleSpan } from './relation.ts'

/** Each triple once, from the window in which it stands deepest. */
export function createTripleJoin() {
  const found = new Map<string, { readonly triple: PredictedTriple; readonly depth: number }>()
  return {
    /** @param start first word of the window; @param depthOf number of words between a range and the nearer cut. */
    add(triple: PredictedTriple, start: number, depthOf: (from: number, to: number) => number): void {
      const move = (span: TripleSpan): TripleSpan => ({ ...span, start: span.start + start, end: span.end + start })
      const [subject, object] = [move(triple.subject), move(triple.object)]
      const depth = depthOf(Math.min(subject.start, object.start), Math.max(subject.end, object.end))
      const key = JSON.stringify([subject, triple.type, object])
      const rival = found.get(key)
      if (!rival || depth > rival.depth) found.set(key, { triple: { ...triple, subject, object }, depth })
    },
    /** The `most` probable, by falling probability. */
    end: (most: number): PredictedTriple[] =>
      [...found.values()]
        .map(({ triple }) => triple)
        .sort((a, b) => b.probability - a.probability)
        .slice(0, most),
  }
}

/** Each span once, also where it overlaps others, in the order of the text. */
export function distinctSpans(
  spans: readonly { readonly span: PredictedSpan; readonly depth: number }[],
): PredictedSpan[] {
  const deepestLast = spans.toSorted((a, b) => a.depth - b.depth)
  const kept = new Map(deepestLast.map(({ span }) => [`${span.start} ${span.end} ${span.label}`, span]))
  return [...kept.values()].sort((a, b) => a.start - b.start || b.end - a.end)
}
