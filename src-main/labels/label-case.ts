/** A label case: a reviewed sentence that shows how a type is used. */
import type { Split } from '#main/document/doc'

/** A reviewed sentence that holds a type: the words of a span, or of both ends of a relation, and those around them. */
export interface LabelCase {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly words: readonly string[]
  /** Whether the sentence begins before these words, or goes on after them. */
  readonly isCutBefore: boolean
  readonly isCutAfter: boolean
  /** The range of the span within `words`; for a relation type, that of the subject. */
  readonly span: { readonly start: number; readonly end: number }
  /** The range of the object within `words`; null for an entity type. */
  readonly object: { readonly start: number; readonly end: number } | null
}
