/** A corpus as lists show it: its name and the sizes of its splits. */
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
