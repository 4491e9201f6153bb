/** Segmentation: changes of an operation that divide a text anew into words or sentences. The text itself never changes. */
import type { Annotation } from './annotation.ts'
import type { Token } from './doc.ts'

/** The words of a sentence. Offsets count from its first character; where the sentence is split or joined, its end moves too. */
export interface WordsChange {
  readonly kind: 'words'
  readonly before: readonly Token[]
  readonly after: readonly Token[]
}

/** The sentence that follows in its document: null before it was split off, null after it was joined with the one before it. */
export interface SentenceChange {
  readonly kind: 'sentence'
  readonly before: NextSentence | null
  readonly after: NextSentence | null
}

export interface NextSentence {
  /** `unnumbered` until the workspace gives a number. */
  readonly sentenceId: number
  readonly annotation: Annotation
}

/** The number of a sentence that is just being split off. */
export const unnumbered = 0

export type SegmentationChange = WordsChange | SentenceChange

export function isSegmentation(change: { readonly kind: string }): change is SegmentationChange {
  return change.kind === 'words' || change.kind === 'sentence'
}
