/** Span: a half-open token range with a label. */

/** Offsets in code points into the text of a sentence, `end` exclusive. */
export interface Chars {
  readonly start: number
  readonly end: number
}

export interface Span {
  readonly id: string
  /** First token. */
  readonly start: number
  /** First token after the span. */
  readonly end: number
  /** Entity type. */
  readonly label: string
  /** The exact characters of a span that begins or ends within a word; `char-bounds.ts` has the rules. */
  readonly chars?: Chars
}

export type SpanRange = Pick<Span, 'start' | 'end' | 'chars'>

/** Compares spans in reading order: by start, the longer first where two start together, then by label. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)
}

/** Two spans overlap when they share a token. */
export function overlaps(a: Pick<Span, 'start' | 'end'>, b: Pick<Span, 'start' | 'end'>): boolean {
  return a.start < b.end && b.start < a.end
}

/** Two ranges are the same when they have the same words and the same characters of them. */
export function isSameRange(a: SpanRange, b: SpanRange): boolean {
  const isSamePart = a.chars?.start === b.chars?.start && a.chars?.end === b.chars?.end
  return a.start === b.start && a.end === b.end && isSamePart
}

/** Two spans are the same when they have the same range and label; their ids may differ. */
export function isSameSpan(a: Omit<Span, 'id'>, b: Omit<Span, 'id'>): boolean {
  return isSameRange(a, b) && a.label === b.label
}

/** The span moved to another range; its chars are those of that range, or none. */
export function withRange<S extends SpanRange>(span: S, { start, end, chars }: SpanRange): S {
  const { chars: former, ...bare } = span
  return (former === chars ? { ...span, start, end } : { ...bare, start, end, ...(chars && { chars }) }) as S // but for chars
}
