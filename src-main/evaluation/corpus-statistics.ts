/** CorpusStatistics: what is in a corpus, split by split, and what is known of its scores before any training. */
import type { Count } from '#main/core/count'
import type { SplittingCount } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import type { MatchMode } from './match-mode.ts'
import type { ClassCounts, TripleCounting } from './overlap-class.ts'
import type { Scores } from './scores.ts'

export interface SplitStatistics {
  readonly split: Split
  readonly sentences: number
  readonly tokens: number
  /** Number of tokens with a part of speech. */
  readonly tokensWithPos: number
  readonly uniqueTriples: number
  readonly relationTypes: number
  readonly spans: number
  readonly multiTokenSpans: number
  readonly classes: Readonly<Record<TripleCounting, ClassCounts>>
  /** Sentences with 1, 2, 3, 4 and 5 or more triples, and with none. */
  readonly tripleCounts: readonly Count[]
  readonly lengths: { readonly min: number; readonly median: number; readonly p95: number; readonly max: number }
  readonly ambiguousAnchors: number
  readonly unanchored: number
}

export interface CorpusFigures {
  readonly name: string
  readonly splits: readonly SplitStatistics[]
  readonly entityTypes: readonly Count[]
  readonly relationTypes: readonly Count[]
  /** How the documents of all splits were split into words and sentences, the most first. */
  readonly splittings: readonly SplittingCount[]
  /** Oracle recall of the label scheme on test, per match mode; null when test is empty. */
  readonly oracle: Record<MatchMode, Scores> | null
}

export interface CorpusStatistics extends CorpusFigures {
  /** null when train or test is empty. */
  readonly memoryFloor: MemoryFloor | null
}

interface MemoryFloor {
  /** Least share of gold among the training sentences that hold both strings; it is picked on dev, or on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}
