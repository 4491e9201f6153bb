/** SpanDiff: the spans that a new sequence of tags keeps, changes, adds and removes. A changed span keeps its id. */
import type { TripleSpan } from '#main/document/relation'
import { overlaps } from '#main/document/span'
import { decodeTags, encodeTags } from './span-codec.ts'

interface SpanDiff<S extends TripleSpan> {
  readonly kept: readonly S[]
  /** Spans with the same id, and so the same relations, but other bounds or another type. */
  readonly changed: readonly { readonly before: S; readonly after: S }[]
  readonly added: readonly TripleSpan[]
  readonly removed: readonly S[]
}

/**
 * Differences between spans and tags. Spans that tags cannot express are kept. `tagSet` is what `tagNames` returns; in
 * an untyped set a span keeps its label, and new spans get `untypedLabel`.
 */
export function changesForTags<S extends TripleSpan>(
  spans: readonly S[],
  tags: readonly string[],
  tagSet: readonly string[],
  untypedLabel: string,
): SpanDiff<S> {
  const untagged = encodeTags(spans, tags.length, tagSet).omitted.map(({ span }) => span)
  const tagged = spans.filter((span) => !untagged.includes(span))
  const diff = diffSpans(
    tagged,
    decodeTags(tags, { untypedLabel }),
    tagSet.some((name) => name.includes('-')),
  )
  return { ...diff, kept: [...diff.kept, ...untagged] }
}

/**
 * Pairs old and new spans: unchanged ones first, then those of the same range, then by the number of shared tokens.
 * Without `compareLabels` only ranges count, and a changed span keeps its label.
 */
export function diffSpans<S extends TripleSpan>(
  before: readonly S[],
  after: readonly TripleSpan[],
  compareLabels = true,
): SpanDiff<S> {
  const pairs = before
    .flatMap((old) =>
      after.filter((span) => overlaps(old, span)).map((span) => ({ old, span, rank: likeness(old, span) })),
    )
    .sort((a, b) => b.rank - a.rank)
  const partner = new Map<S, TripleSpan>()
  const taken = new Set<TripleSpan>()
  for (const { old, span } of pairs) {
    if (partner.has(old) || taken.has(span)) continue
    partner.set(old, span)
    taken.add(span)
  }
  const changed: { before: S; after: S }[] = []
  const kept: S[] = []
  for (const [old, { start, end, label }] of partner) {
    const next = { ...old, start, end, label: compareLabels ? label : old.label }
    if (isSame(old, next)) kept.push(old)
    else changed.push({ before: old, after: next })
  }
  return {
    kept: before.filter((span) => kept.includes(span)),
    changed,
    added: after.filter((span) => !taken.has(span)),
    removed: before.filter((span) => !partner.has(span)),
  }
}

/** Rank of a pair: the same range counts most, then the number of shared tokens, then an equal label. */
function likeness(old: TripleSpan, span: TripleSpan): number {
  const shared = Math.min(old.end, span.end) - Math.max(old.start, span.start)
  const isSameRange = old.start === span.start && old.end === span.end
  return (isSameRange ? 1e6 : 0) + shared * 2 + (old.label === span.label ? 1 : 0)
}

function isSame(a: TripleSpan, b: TripleSpan): boolean {
  return a.start === b.start && a.end === b.end && a.label === b.label
}
