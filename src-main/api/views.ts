/** What the window and the command line are shown: read models, assembled by the services. */
import type { AnnotatedRelation, AnnotatedSpan, Annotation } from '#main/document/annotation'
import type { Split } from '#main/document/doc'
import type { Operation } from '#main/document/operation'
import type { PredictedTriple, Prediction } from '#main/document/prediction'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { LabelSet } from '#main/labels/label-set'
import type { Run, MetricPoint } from '#main/runs/run'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { Scores } from '#main/evaluation/scores'
import type { MatchMode } from '#main/evaluation/match-mode'

// ---- corpora

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

// ---- annotating

export interface SentenceView {
  readonly sentenceId: number
  readonly corpusId: number
  readonly corpusName: string
  readonly split: Split
  readonly position: number
  readonly text: string
  readonly tokens: readonly { readonly start: number; readonly end: number }[]
  readonly previousText: string | null
  readonly nextText: string | null
  readonly annotation: Annotation
  readonly unanchored: readonly TextTriple[]
  readonly labels: LabelSet
  /** What the chosen run predicts; null when no run is chosen or it has not read this sentence yet. */
  readonly prediction: Prediction | null
}

/** A prediction that gold neither holds nor has refused. */
export interface Suggestion {
  readonly kind: 'span' | 'relation'
  readonly key: string
  readonly probability: number
}

export interface QueueItem {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly text: string
  readonly triples: number
  readonly isReviewed: boolean
  readonly isFlagged: boolean
  /** Number of suggestions, and the probability of the least certain one; null without a run. */
  readonly suggestions: number | null
  readonly uncertainty: number | null
}

export const queueOrders = ['unreviewed', 'uncertain', 'flagged', 'all'] as const
export type QueueOrder = (typeof queueOrders)[number]

export interface QueuePage {
  readonly total: number
  readonly items: readonly QueueItem[]
}

export interface AppliedOperation {
  readonly operation: Operation
  readonly annotation: Annotation
}

/** Undo and redo may act on another sentence than the open one: the window goes there. */
export interface UndoneOperation extends AppliedOperation {
  readonly undoneDescription: string
}

// ---- runs

export interface RunDetail {
  readonly run: Run
  readonly points: readonly MetricPoint[]
  readonly weights: { readonly all: number; readonly withoutVectors: number } | null
}

export interface RunEstimate {
  readonly sentences: { readonly train: number; readonly dev: number; readonly test: number }
  readonly weights: number
  readonly memoryMb: number
  readonly secondsPerEpoch: number | null
  /** Reasons why training cannot start; empty when it can. */
  readonly refusals: readonly string[]
  readonly notes: readonly string[]
}

// ---- extraction

/** One triple found in a text. Offsets are code points into the document, end exclusive. */
export interface ExtractedTriple {
  readonly subject: ExtractedSpan
  readonly relation: string
  readonly object: ExtractedSpan
  readonly probability: number
}

export interface ExtractedSpan {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly type: string
  readonly probability: number
}

export interface ExtractedSentence {
  /** Offsets of the sentence in its document, in code points. */
  readonly start: number
  readonly end: number
  readonly text: string
  readonly spans: readonly ExtractedSpan[]
  readonly triples: readonly ExtractedTriple[]
}

export interface ExtractedDocument {
  readonly document: string
  readonly runId: string
  readonly sentences: readonly ExtractedSentence[]
  /** Why the document could not be read; it never stops the job. */
  readonly failure: string | null
}

export interface ExtractionSummary {
  readonly extractionId: number
  readonly runId: string
  readonly runName: string
  readonly status: 'running' | 'finished' | 'failed' | 'cancelled'
  readonly documents: number
  readonly sentences: number
  readonly triples: number
  readonly failures: number
  readonly createdMs: number
}

// ---- system

export interface BackendReport {
  readonly name: string
  readonly isAvailable: boolean
  /** Device and version when available, else why not and what would help. */
  readonly reason: string
}

export interface DoctorReport {
  readonly versions: Record<string, string>
  readonly backends: readonly BackendReport[]
  readonly chosenBackend: string
  readonly workspace: {
    readonly path: string
    readonly schemaVersion: number
    readonly integrity: string
    readonly sizeMb: number
  }
}

export interface Settings {
  readonly annotator: string
  readonly hasSeenTour: boolean
}

export type { ComparisonRow, ComparisonTable, SpreadScores } from '#main/comparison/comparison-table'
export type { AnnotatedRelation, AnnotatedSpan, Evaluation, PredictedTriple }
