/** StoredDoc: what goes in with an import and comes out for an export. Structurally the AnnotatedDoc of the formats. */
import type { Annotation } from '#main/document/annotation'
import type { Doc, Split } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Change } from '#main/document/operation'

/** A row of a sentence's log, without the ids that only this database knows. */
export interface StoredOperation {
  readonly author: string
  readonly atMs: number
  readonly description: string
  readonly changes: readonly Change[]
  /** Index in the same history; null for a first-hand act. */
  readonly undoes: number | null
}

export interface StoredSentence extends Annotation {
  readonly unanchored: readonly TextTriple[]
  readonly ambiguousAnchors: number
  readonly repeatedTriples: number
  readonly history: readonly StoredOperation[]
}

export interface StoredDoc extends Doc {
  /** One per sentence of the Doc, in the same order. */
  readonly annotations: readonly StoredSentence[]
  readonly split?: Split
}
