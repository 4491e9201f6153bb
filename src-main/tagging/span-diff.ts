/** SpanDiff: which spans a new sequence of tags keeps, changes, adds and removes, so that identity survives new bounds. */
import type { TripleSpan } from '#main/document/relation'
import { overlaps } from '#main/document/span'
import { decodeTags, encodeTags } from './span-codec.ts'

interface SpanDiff<S extends TripleSpan> {
  readonly kept: readonly S[]
  /** Same identity (and so the same relations), other bounds or type. */
  readonly changed: readonly { readonly before: S; readonly after: S }[]
  readonly added: readonly TripleSpan[]
  readonly removed: readonly S[]
}

/**
 * What the tags say about the spans that tags can hold; spans of the old annotation that never had a tag are kept.
 * `tagSet` as in `tagNames`; in an untyped set a span keeps its label and new ones get `untypedLabel`.
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
 * Pairs old and new spans: the unchanged first, then those of the same range, then by most shared tokens.
 * With `compareLabels` off, only ranges count and a changed span keeps its label.
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

/** Same range beats everything, then the number of shared tokens; an equal label decides between equals. */
function likeness(old: TripleSpan, span: TripleSpan): number {
  const shared = Math.min(old.end, span.end) - Math.max(old.start, span.start)
  const isSameRange = old.start === span.start && old.end === span.end
  return (isSameRange ? 1e6 : 0) + shared * 2 + (old.label === span.label ? 1 : 0)
}

function isSame(a: TripleSpan, b: TripleSpan): boolean {
  return a.start === b.start && a.end === b.end && a.label === b.label
}
