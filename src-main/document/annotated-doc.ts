/** AnnotatedDoc: a Doc with what a file says of each of its sentences, the history of its annotation included. */
import type { Annotation } from './annotation.ts'
import type { Doc, Split } from './doc.ts'
import type { Layer } from './layer.ts'
import type { TextTriple } from './labelled-sentence.ts'
import type { LoggedChange } from './operation.ts'

/** One row of a sentence's operation log as a file keeps it. The import gives it a new id. */
export interface RecordedOperation {
  readonly author: string
  /** Milliseconds since 1970. */
  readonly atMs: number
  readonly description: string
  readonly changes: readonly LoggedChange[]
  /** Index in the same history of the operation this one takes back or does again; null for a first-hand act. */
  readonly undoes: number | null
}

/**
 * SentenceAnnotation: the annotation that a file gives one sentence. Token indices count from the sentence's first token; ids are
 * unique within the sentence.
 */
export interface SentenceAnnotation extends Annotation {
  readonly unanchored: readonly TextTriple[]
  /** Number of triples with a string that stands more than once in the sentence; the import took the first occurrence. */
  readonly ambiguousAnchors: number
  /** Number of times the file repeats a triple of this sentence word for word. Gold is a set, but published class counts are not. */
  readonly repeatedTriples: number
  /** The acts that led to this annotation, oldest first; empty when the file does not tell. */
  readonly history: readonly RecordedOperation[]
}

/** DocLayer: the annotation of a Doc by another than the main layer. */
export interface DocLayer extends Layer {
  /** The list has one entry per sentence of the Doc, in the same order; null where the layer says nothing of the sentence. */
  readonly annotations: readonly (SentenceAnnotation | null)[]
}

export interface AnnotatedDoc extends Doc {
  /** The list has one entry per sentence of the Doc, in the same order. */
  readonly annotations: readonly SentenceAnnotation[]
  /** The split the file itself names. */
  readonly split?: Split
  /** Annotations of the same text by others: further annotators of a file, predictions of a system. */
  readonly layers?: readonly DocLayer[]
}
