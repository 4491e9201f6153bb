/** Sentences by their number: what a query of the command palette such as "12", "dev 12" or "sentence 12" may mean. */
import type { CorpusSummary } from '#main/document/corpus-summary'
import { splits, type Split } from '#main/document/doc'

export interface NumberedSentence {
  readonly split: Split
  /** From 1. */
  readonly number: number
}

/** Every split of the corpus that has a sentence of this number, or the one that is named. */
export function sentencesNumbered(query: string, corpus: Pick<CorpusSummary, 'splits'> | null): NumberedSentence[] {
  const [, named, digits] = /^(?:(train|dev|test)\s+)?(?:sentence\s+)?(\d{1,9})$/i.exec(query.trim()) ?? []
  const number = Number(digits)
  if (!corpus || !digits || number === 0) return []
  return splits
    .filter(
      (split) => (named === undefined || split === named.toLowerCase()) && number <= corpus.splits[split].sentences,
    )
    .map((split) => ({ split, number }))
}
