/** What the window and the command line are shown of corpora. */
import type { Split } from '#main/document/doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'

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

/** "line 12, triple_list[0]: expected three strings, found two. ..." */
export interface Problem {
  readonly file: string
  /** Line or record, from 1; null when the file as a whole is meant. */
  readonly line: number | null
  readonly message: string
  /** `rejected`: not imported; `repaired`: imported after a named repair; `note`: imported, worth knowing. */
  readonly severity: 'rejected' | 'repaired' | 'note'
}

export interface ImportReport {
  readonly format: string
  readonly files: readonly string[]
  readonly sentences: number
  readonly triples: number
  readonly spans: number
  readonly relationTypes: number
  readonly accepted: number
  readonly repaired: number
  readonly rejected: number
  /** Triples whose strings stand more than once in their sentence; the first occurrence was taken. */
  readonly ambiguousAnchors: number
  /** Triples whose strings do not stand in their sentence. */
  readonly unanchored: number
  readonly problems: readonly Problem[]
  /** What a re-export in this format would lose; empty when nothing. */
  readonly lostOnExport: readonly string[]
  /** The first ten sentences, to look at before importing. */
  readonly preview: readonly SentenceText[]
}

/** Enough of a sentence to draw it. Offsets of tokens are code points into `text`; spans count tokens of the sentence. */
export interface SentenceText {
  readonly text: string
  readonly tokens: readonly { readonly start: number; readonly end: number }[]
  readonly spans: readonly { readonly start: number; readonly end: number; readonly label: string }[]
  readonly triples: readonly TextTriple[]
}

export interface SentenceFilter {
  readonly splits?: readonly Split[] | undefined
  /** `flagged`: the sentence itself, or a span or relation of it. */
  readonly status?: 'new' | 'reviewed' | 'flagged' | undefined
  readonly relationType?: string | undefined
  readonly entityType?: string | undefined
  readonly overlapClass?: OverlapClass | undefined
  /** Full-text search; words are prefixes, "..." a phrase. */
  readonly search?: string | undefined
}

export type OverlapClass = 'Normal' | 'SEO' | 'EPO' | 'none'

export interface SentenceRow extends SentenceText {
  readonly sentenceId: number
  readonly split: Split
  /** Position within its split, from 1. */
  readonly position: number
  readonly isReviewed: boolean
  readonly isFlagged: boolean
  /** Flagged spans and relations in it. */
  readonly flaggedItems: number
  readonly overlapClasses: readonly OverlapClass[]
}

export interface SentencePage {
  readonly total: number
  readonly rows: readonly SentenceRow[]
}

export interface Count {
  readonly label: string
  readonly count: number
}

export interface SplitStatistics {
  readonly split: Split
  readonly sentences: number
  readonly tokens: number
  /** Of the tokens, those with a part of speech. */
  readonly tokensWithPos: number
  readonly uniqueTriples: number
  readonly relationTypes: number
  readonly spans: number
  readonly multiTokenSpans: number
  readonly classes: { readonly Normal: number; readonly SEO: number; readonly EPO: number; readonly SOO: number }
  /** Sentences with 1, 2, 3, 4 and 5 or more triples, and with none. */
  readonly tripleCounts: readonly Count[]
  readonly lengths: { readonly min: number; readonly median: number; readonly p95: number; readonly max: number }
  readonly ambiguousAnchors: number
  readonly unanchored: number
}

export interface CorpusStatistics {
  readonly name: string
  readonly splits: readonly SplitStatistics[]
  readonly entityTypes: readonly Count[]
  readonly relationTypes: readonly Count[]
  /** null when train or test is empty. */
  readonly memoryFloor: MemoryFloor | null
  /** Oracle recall of the label scheme on test, per match mode; null when test is empty. */
  readonly oracle: Record<MatchMode, Scores> | null
}

export interface MemoryFloor {
  /** Fraction picked on dev (on train when dev is empty). */
  readonly fraction: number
  readonly scores: Scores
}

export interface FormatInfo {
  readonly name: string
  readonly title: string
  readonly extensions: readonly string[]
  readonly canExport: boolean
}

export interface ExportedCorpus {
  readonly fileName: string
  readonly text: string
  readonly losses: readonly string[]
}
