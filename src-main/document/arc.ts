/** Relations and spans as the arc layout sees them: ids and places on lines, no labels. */

export interface ArcRelation {
  readonly id: string
  /** `subject` and `object` are ids of places. */
  readonly subject: string
  readonly object: string
  /** Suggested relations give way to gold ones where room is short. */
  readonly kind?: 'gold' | 'suggested'
}

/** A stretch of a line, or of lines. */
export interface Interval {
  readonly left: number
  readonly right: number
}

export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.left <= inner.left && inner.right <= outer.right

export const touches = (a: Interval, b: Interval): boolean => a.left <= b.right && b.left <= a.right

/** The place of a span: on its first line if the span is wrapped. */
export interface SpanPlace {
  readonly line: number
  readonly left: number
  readonly right: number
}
