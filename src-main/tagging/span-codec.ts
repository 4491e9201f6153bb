/** Spans ⇄ tags: one tag per token, each span as B I* E or S. */
import type { TripleSpan } from '#main/document/relation'
import { overlaps } from '#main/document/span'
import { untypedEntity } from '#main/labels/label-set'
import { isLegalTransition, parseTag, tagName, type Prefix, type Tag } from './tag-scheme.ts'

type OmissionReason = 'shares a token with another span' | 'its type has no tag' | 'is not inside the sentence'

interface EncodedSpans<S> {
  readonly tags: string[]
  /** Spans that one tag per token cannot express. They stay annotated, but cannot be trained on. */
  readonly omitted: readonly { readonly span: S; readonly reason: OmissionReason }[]
}

/**
 * Tags of a sentence of `tokenCount` tokens. Of spans that share a token, the first in reading order is kept, and the
 * longer where two start together. `tagSet` is what `tagNames` returns; labels are left out where it has no entity
 * types.
 */
export function encodeTags<S extends TripleSpan>(
  spans: readonly S[],
  tokenCount: number,
  tagSet: readonly string[],
): EncodedSpans<S> {
  const isTyped = tagSet.some((name) => name.includes('-'))
  const tags = new Array<string>(tokenCount).fill('O')
  const kept: S[] = []
  const omitted: { span: S; reason: OmissionReason }[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const label = isTyped ? span.label : ''
    const reason = whyNot(span, label, kept, tokenCount, tagSet)
    if (reason) omitted.push({ span, reason })
    else {
      kept.push(span)
      for (let token = span.start; token < span.end; token++) tags[token] = tagName(prefixAt(span, token), label)
    }
  }
  return { tags, omitted }
}

/**
 * Rule for tags in no legal order. `strict`: only a complete B I* E or S of one type is a span. `lenient`: a span
 * begins wherever a tag does not continue the one before, and ends where the next does not continue it.
 */
type RepairRule = 'strict' | 'lenient'

/** Spans of the tags, in reading order. Tags without a type get the label `untypedLabel`. */
export function decodeTags(
  tags: readonly string[],
  { rule = 'strict', untypedLabel = untypedEntity }: { rule?: RepairRule; untypedLabel?: string } = {},
): TripleSpan[] {
  const parsed = tags.map(parseTag)
  const spans: TripleSpan[] = []
  for (let start = 0; start < parsed.length;) {
    const end = endOfRun(parsed, start)
    if (parsed[start]?.prefix !== 'O' && (rule === 'lenient' || isComplete(parsed, start, end)))
      spans.push({ start, end, label: parsed[start]?.label || untypedLabel })
    start = end
  }
  return spans
}

/** Prefix of the tag of one of a span's tokens. */
export function prefixAt({ start, end }: Pick<TripleSpan, 'start' | 'end'>, token: number): Prefix {
  if (end - start === 1) return 'S'
  if (token === start) return 'B'
  return token === end - 1 ? 'E' : 'I'
}

/** Index of the first token after the run of continuing tags that begins at `start`. */
function endOfRun(tags: readonly Tag[], start: number): number {
  let end = start + 1
  while (end < tags.length && continues(tags[end - 1], tags[end])) end++
  return end
}

function continues(previous: Tag | undefined, next: Tag | undefined): boolean {
  const isOpen = previous?.prefix === 'B' || previous?.prefix === 'I'
  return isOpen && (next?.prefix === 'I' || next?.prefix === 'E') && previous.label === next.label
}

function isComplete(tags: readonly Tag[], start: number, end: number): boolean {
  return isLegalTransition(null, tags[start] ?? null) && isLegalTransition(tags[end - 1] ?? null, null)
}

function whyNot(
  span: TripleSpan,
  label: string,
  kept: readonly TripleSpan[],
  tokenCount: number,
  tagSet: readonly string[],
): OmissionReason | null {
  if (span.start < 0 || span.start >= span.end || span.end > tokenCount) return 'is not inside the sentence'
  if (!tagSet.includes(tagName('S', label))) return 'its type has no tag'
  // kept spans are in reading order and do not overlap, so the last one reaches furthest
  const last = kept.at(-1)
  return last && overlaps(span, last) ? 'shares a token with another span' : null
}
