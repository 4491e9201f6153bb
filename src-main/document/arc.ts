/** Relations and spans as the arc layout sees them: ids and places on lines, no labels. */

export interface ArcRelation {
  readonly id: string
  /** Ids of places. */
  readonly subject: string
  readonly object: string
}

/** Where a span stands: its first line if it is wrapped. */
export interface SpanPlace {
  readonly line: number
  readonly left: number
  readonly right: number
}
