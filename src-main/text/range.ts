/** A half-open range of a text, or of its words: `end` is the first place after it. */
export interface TextRange {
  readonly start: number
  readonly end: number
}
