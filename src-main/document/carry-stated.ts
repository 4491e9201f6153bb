/** Carrying what a system states along when words or sentences are divided anew. It knows whole words: a part of one becomes the word. */
import type { StatedTriples } from './prediction.ts'
import { carryRange, type Border } from './carry-items.ts'
import type { WordPlaces } from './char-bounds.ts'
import type { TripleSpan } from './relation.ts'

export interface Stated extends StatedTriples {
  readonly spans: readonly TripleSpan[]
}

export function carryStated(stated: Stated, from: WordPlaces, to: WordPlaces): Stated {
  return moveStated(stated, (span) => {
    const range = carryRange(span, from, to)
    return range && { ...span, start: range.start, end: range.end }
  })
}

/** Both parts of what is stated of a sentence that is split. Triples whose strings are not in it stay with the first. */
export function divideStated(stated: Stated, { words }: Border): readonly [Stated, Stated] {
  const second = moveStated(stated, (span) => (span.start >= words ? shift(span, -words) : null))
  return [moveStated(stated, (span) => (span.end <= words ? span : null)), { ...second, unanchored: [] }]
}

export function uniteStated(first: Stated, next: Stated, { words }: Border): Stated {
  const moved = moveStated(next, (span) => shift(span, words))
  return {
    spans: [...first.spans, ...moved.spans],
    triples: [...first.triples, ...moved.triples],
    unanchored: [...first.unanchored, ...moved.unanchored],
  }
}

function shift(span: TripleSpan, by: number): TripleSpan {
  return { ...span, start: span.start + by, end: span.end + by }
}

function moveStated(stated: Stated, move: (span: TripleSpan) => TripleSpan | null): Stated {
  return {
    ...stated,
    spans: stated.spans.flatMap((span) => move(span) ?? []),
    triples: stated.triples.flatMap((triple) => {
      const [subject, object] = [move(triple.subject), move(triple.object)]
      return subject && object ? [{ ...triple, subject, object }] : []
    }),
  }
}
