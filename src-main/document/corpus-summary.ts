/** A corpus as lists show it: its name and the sizes of its splits. */
import { describeSplitting, type Splitting } from '#main/text/splitting'
import type { Split } from './doc.ts'

export interface SplitCounts {
  readonly sentences: number
  readonly reviewed: number
  readonly spans: number
  /** Unique triples per sentence, unanchored ones included. */
  readonly triples: number
}

export interface CorpusSummary {
  readonly corpusId: number
  readonly name: string
  readonly splits: Record<Split, SplitCounts>
  readonly entityTypes: number
  readonly relationTypes: number
  readonly createdMs: number
}

/** Number of documents that were split into words and sentences in the same way; null where their files gave the words. */
export interface SplittingCount {
  readonly splitting: Splitting | null
  readonly documents: number
}

/** "German", or that the words are those of the file. */
export function splittingLabel({ splitting }: SplittingCount): string {
  return splitting ? describeSplitting(splitting) : 'given by the file, or imported by an older version'
}
