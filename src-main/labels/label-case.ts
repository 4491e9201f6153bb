/** A label case: a reviewed sentence that shows how a type is used. */
import type { Split } from '#main/document/doc'

/** A reviewed sentence that holds a type: the words of a span, or of both ends of a relation, and those around them. */
export interface LabelCase {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly words: readonly string[]
  /** Does the sentence begin before, or go on after, these words? */
  readonly isCutBefore: boolean
  readonly isCutAfter: boolean
  /** Into these words; of a relation its subject. */
  readonly span: { readonly start: number; readonly end: number }
  /** Null for an entity type. */
  readonly object: { readonly start: number; readonly end: number } | null
}
