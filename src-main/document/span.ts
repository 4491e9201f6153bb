/** Span: a half-open token range with a label. */

export interface Span {
  readonly id: string
  /** First token. */
  readonly start: number
  /** First token after the span. */
  readonly end: number
  /** Entity type. */
  readonly label: string
}

/** Order of reading: by start, the longer first where two start together, then by label. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || b.end - a.end || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0)
}

/** Do the two share a token? */
export function overlaps(a: Pick<Span, 'start' | 'end'>, b: Pick<Span, 'start' | 'end'>): boolean {
  return a.start < b.end && b.start < a.end
}

/** Same range and label; the identity may differ. */
export function isSameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end && a.label === b.label
}
