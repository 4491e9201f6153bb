/** LeakReport: what of a corpus stands in it twice, and what of dev and test a model can know from training. */
import type { Split } from './doc.ts'

/** Sentences of one split that stand in another, or again in the same. */
export interface RepeatCount {
  readonly split: Split
  /** The split where they stand too; the same one for sentences that stand there before. */
  readonly other: Split
  /** Number of sentences of `split` whose text stands there, character by character. */
  readonly exact: number
  /** Number of those that do so but for case, white space, punctuation and Unicode form, the exact ones included. */
  readonly normalised: number
}

export interface LeakedTriples {
  readonly split: Split
  /** Number of different triples of strings. */
  readonly triples: number
  /** Of those, the ones that stand in train: the same subject, relation type and object. */
  readonly inTrain: number
}

/** A sentence that stands elsewhere too. */
export interface LeakExample {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly text: string
  /** The sentence that it equals. */
  readonly other: { readonly sentenceId: number; readonly split: Split; readonly position: number }
  readonly isExact: boolean
}

export interface LeakReport {
  readonly repeats: readonly RepeatCount[]
  /** For dev and test. */
  readonly triples: readonly LeakedTriples[]
  /** Number of documents of which a document with the same name stands in another split. */
  readonly documents: number
  /** The first sentences of test and dev that stand in train. */
  readonly examples: readonly LeakExample[]
}
