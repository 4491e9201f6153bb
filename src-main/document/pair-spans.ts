/** Pairs the spans of two annotations of one sentence: the same ones, those of another type, and those with other bounds. */
import type { AnnotatedSpan } from './annotation.ts'
import type { Span, SpanRange } from './span.ts'

export interface SpanPair {
  readonly kind: 'same' | 'type' | 'bounds'
  readonly here: AnnotatedSpan
  readonly there: AnnotatedSpan
}

export interface PairedSpans {
  readonly pairs: readonly SpanPair[]
  readonly onlyHere: readonly AnnotatedSpan[]
  readonly onlyThere: readonly AnnotatedSpan[]
}

/**
 * Every span is in at most one pair, and every place and type is compared once, should one side hold it twice. Spans whose words differ
 * are a pair where each overlaps no other span that is left over. Takes time that grows with the words of all spans.
 */
export function pairSpans(here: readonly AnnotatedSpan[], there: readonly AnnotatedSpan[]): PairedSpans {
  const [own, others] = [distinctSpans(here), distinctSpans(there)]
  const pairs: SpanPair[] = []
  const open = new Set(own.values())
  const openThere: AnnotatedSpan[] = []
  for (const [key, span] of others) {
    const same = own.get(key)
    if (same) open.delete(same)
    if (same) pairs.push({ kind: 'same', here: same, there: span })
    else openThere.push(span)
  }
  const byRange = Map.groupBy(open, rangeKey)
  const moved = openThere.filter((span) => {
    const partner = byRange.get(rangeKey(span))?.shift()
    if (!partner) return true
    open.delete(partner)
    pairs.push({ kind: 'type', here: partner, there: span })
    return false
  })
  const [left, leftThere] = [neighboursOf(open, moved), neighboursOf(moved, open)]
  const onlyThere = moved.filter((span) => {
    const [partner, ...more] = leftThere.get(span) ?? []
    if (!partner || more.length > 0 || left.get(partner)?.size !== 1) return true
    open.delete(partner)
    pairs.push({ kind: 'bounds', here: partner, there: span })
    return false
  })
  return { pairs, onlyHere: [...open], onlyThere }
}

/** The first span of each place and type. */
export function distinctSpans<S extends Span>(spans: Iterable<S>): Map<string, S> {
  const byKey = new Map<string, S>()
  for (const span of spans) {
    const key = placeKey(span)
    if (!byKey.has(key)) byKey.set(key, span)
  }
  return byKey
}

/** The place and type of a span as a key. */
export const placeKey = (span: Span): string => `${rangeKey(span)} ${span.label}`

const rangeKey = ({ start, end, chars }: SpanRange): string =>
  `${start}:${end}${chars ? `:${chars.start}:${chars.end}` : ''}`

/** For each span the others that share a word with it. */
function neighboursOf(spans: Iterable<AnnotatedSpan>, others: Iterable<AnnotatedSpan>) {
  const byWord = new Map<number, AnnotatedSpan[]>()
  for (const other of others)
    for (let word = other.start; word < other.end; word++) {
      const here = byWord.get(word)
      if (here) here.push(other)
      else byWord.set(word, [other])
    }
  const neighbours = new Map<AnnotatedSpan, ReadonlySet<AnnotatedSpan>>()
  for (const span of spans) {
    const near = new Set<AnnotatedSpan>()
    for (let word = span.start; word < span.end; word++) for (const other of byWord.get(word) ?? []) near.add(other)
    neighbours.set(span, near)
  }
  return neighbours
}
