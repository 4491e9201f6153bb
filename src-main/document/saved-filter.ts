/** SavedFilter: a filter of the sentences of a corpus under a name. */
import type { SentenceFilter } from './sentence-row.ts'

export interface SavedFilter {
  readonly filterId: number
  readonly corpusId: number
  readonly name: string
  readonly filter: SentenceFilter
}

/** A saved filter as lists show it. */
export interface ShownFilter extends SavedFilter {
  /** Names of what it asks for and is not there any more, in a sentence each; empty when all is there. */
  readonly missing: readonly string[]
}
