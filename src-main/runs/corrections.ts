/** Corrections: the sentences of a corpus that people changed since a run was made. */
import { countOf, formatCount } from '#main/text/numbers'
import { splits, type Split } from '#main/document/doc'

export interface Corrections {
  readonly sentences: Readonly<Record<Split, number>>
  /** Their ids in the order of the corpus. */
  readonly sentenceIds: readonly number[]
  /** Whether there are more than these. */
  readonly isCut: boolean
}

/** "12 sentences corrected (10 of train, 2 of dev)". */
export function describeCorrections({ sentences, sentenceIds, isCut }: Corrections): string {
  const parts = splits.flatMap((split) => (sentences[split] > 0 ? `${formatCount(sentences[split])} of ${split}` : []))
  const places = parts.length > 0 ? ` (${parts.join(', ')})` : ''
  return `${isCut ? 'More than ' : ''}${countOf(sentenceIds.length, 'sentence')} corrected${places}`
}
