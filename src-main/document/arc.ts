/** Relations and spans as the arc layout sees them: ids and places on lines, no labels. */

export interface ArcRelation {
  readonly id: string
  /** `subject` and `object` are ids of places. */
  readonly subject: string
  readonly object: string
}

/** The place of a span: on its first line if the span is wrapped. */
export interface SpanPlace {
  readonly line: number
  readonly left: number
  readonly right: number
}
