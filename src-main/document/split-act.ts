/** SplitAct: sentences moved to other splits as one act, which can be taken back as a whole. Documents are never torn apart. */
import type { Split } from './doc.ts'
import type { SentenceFilter } from './sentence-row.ts'

/** Sentences of a corpus: those listed, or all that match a filter but some. */
export type SentenceSelection =
  | { readonly sentenceIds: readonly number[] }
  | { readonly filter: SentenceFilter; readonly without: readonly number[] }

/** Greatest number of sentences that a selection lists; more of them are a filter with exceptions. */
export const mostListed = 20_000

export interface SplitAct {
  readonly actId: number
  /** A plain sentence: "3 sentences moved to test". */
  readonly description: string
  /** Number of sentences that changed their split. */
  readonly sentences: number
  readonly documents: number
}

/** Parts of a corpus that each split is to hold, whatever they add up to: 80, 10, 10. */
export type SplitShares = Readonly<Record<Split, number>>

/** SplitPreview: the splits that a seeded split would make of a corpus. */
export interface SplitPreview {
  readonly sentences: Readonly<Record<Split, number>>
  readonly documents: Readonly<Record<Split, number>>
  /** Number of triples of each relation type in each split, the commonest type first. */
  readonly relationTypes: readonly { readonly name: string; readonly triples: Readonly<Record<Split, number>> }[]
  /** Number of sentences that would change their split. */
  readonly moving: number
}
