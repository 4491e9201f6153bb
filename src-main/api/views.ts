/** What the window and the command line are shown: read models, assembled by the services. */
import type { AnnotatedRelation, AnnotatedSpan, Annotation } from '#main/document/annotation'
import type { Split } from '#main/document/doc'
import type { Operation } from '#main/document/operation'
import type { PredictedTriple, Prediction } from '#main/document/prediction'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { LabelSet } from '#main/labels/label-set'
import type { BackendName } from '#main/runs/config'
import type { Run, MetricPoint } from '#main/runs/run'
import type { Evaluation } from '#main/evaluation/evaluation'

export type * from './corpus-views.ts'

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
  /** One of the sentences that come without suggestions until they are reviewed. */
  readonly isBlind: boolean
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
  /** Flagged spans and relations in it. */
  readonly flaggedItems: number
  /** One of the sentences whose suggestions are not told of until they are reviewed. */
  readonly isBlind: boolean
  /** Number of suggestions, and the probability of the least certain one; null without a run. */
  readonly suggestions: number | null
  readonly uncertainty: number | null
  /** What one of two runs finds in it and the other does not; null unless that is what the queue is ordered by. */
  readonly disagreement: number | null
}

export const queueOrders = ['unreviewed', 'uncertain', 'disagreement', 'flagged', 'all'] as const
export type QueueOrder = (typeof queueOrders)[number]

export interface QueuePage {
  readonly total: number
  readonly items: readonly QueueItem[]
}

/** How far a corpus is, and what this person did today. */
export interface AnnotationProgress {
  readonly reviewed: number
  readonly total: number
  readonly reviewedToday: number
  /** Milliseconds between acts of today, pauses of more than five minutes not counted. */
  readonly activeMsToday: number
}

export interface AppliedOperation {
  readonly operation: Operation
  readonly annotation: Annotation
}

/** A place in a corpus where the words of a span stand again. */
export interface Occurrence {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly start: number
  readonly end: number
  readonly before: string
  readonly text: string
  readonly after: string
  /** What is annotated there already: "Orbisk is ORG"; null where nothing is. */
  readonly present: string | null
}

export interface Occurrences {
  readonly total: number
  /** The first of them. */
  readonly items: readonly Occurrence[]
}

/** Undo and redo may act on another sentence than the open one: the window goes there. */
export interface UndoneOperation {
  readonly operation: Operation
  readonly undoneDescription: string
  /** Sentences that the act was about. */
  readonly sentences: number
}

/** What renaming or merging a type would do. */
export interface RelabelPreview {
  readonly isMerge: boolean
  readonly spans: number
  readonly relations: number
  readonly rejections: number
  readonly unanchored: number
  /** Items that become equal to others and go. */
  readonly collapsed: number
  readonly sentences: number
  readonly examples: readonly { readonly sentenceId: number; readonly text: string }[]
}

/** A reviewed sentence that holds a type: the words of a span, or of both ends of a relation, and those around them. */
export interface LabelCase {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly words: readonly string[]
  /** Does the sentence begin before, or go on after, these words? */
  readonly isCutBefore: boolean
  readonly isCutAfter: boolean
  /** Into these words; of a relation its subject. */
  readonly span: { readonly start: number; readonly end: number }
  /** Null for an entity type. */
  readonly object: { readonly start: number; readonly end: number } | null
}

export interface ViolationPage {
  readonly total: number
  readonly items: readonly ViolatingSentence[]
}

export interface ViolatingSentence {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly messages: readonly string[]
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
  /** Null without word vectors. */
  readonly vectors: VectorCoverage | null
  /** Share of the train split's words that have a part of speech, 0 to 1. */
  readonly posShare: number
  /** Reasons why training cannot start; empty when it can. */
  readonly refusals: readonly string[]
  readonly notes: readonly string[]
}

/** How much of the train split a word-vector file knows. */
export interface VectorCoverage {
  /** Different words of the train split, in lower case. */
  readonly words: number
  /** Those of them that have a vector. */
  readonly covered: number
  /** Share of running words that have one, 0 to 1. */
  readonly tokenShare: number
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
  /** What to know of the way it was read; left out where there is nothing. */
  readonly notes?: readonly string[]
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
  readonly name: BackendName
  readonly isAvailable: boolean
  /** Device and version when available, else why not and what would help. */
  readonly reason: string
  /** Training steps as measured on this machine; null where it was not. */
  readonly speed: { readonly stepsPerSecond: number; readonly ofChosen: number } | null
  /** Why it is not the chosen one; null when it is. */
  readonly passedOver: string | null
}

export interface DoctorReport {
  readonly versions: Record<string, string>
  /** In the order of the ladder. */
  readonly backends: readonly BackendReport[]
  readonly chosenBackend: string
  /** Milliseconds since 1970; null when nothing was measured, because nothing was to be decided. */
  readonly measuredMs: number | null
  readonly workspace: {
    readonly path: string
    readonly schemaVersion: number
    readonly integrity: string
    readonly sizeMb: number
    /** Whether no other user of the machine can read it. */
    readonly isPrivate: boolean
  }
}

export interface Settings {
  readonly annotator: string
  readonly hasSeenTour: boolean
  /** Keys of the editor that differ from the usual ones, by name of the act. */
  readonly shortcuts: Readonly<Record<string, readonly string[]>>
  /** May single characters be keys? */
  readonly hasLetterKeys: boolean
  /** Share of sentences that come without suggestions, 0 to 1; which ones is drawn by the seed. */
  readonly blindShare: number
  readonly blindSeed: number
  /** When share or seed changed last, in milliseconds since 1970: before that, other sentences were blind. */
  readonly blindSinceMs: number
}

export type { Agreement, OverReliance } from '#main/comparison/over-reliance'
export type { ComparisonRow, ComparisonTable, SpreadScores } from '#main/comparison/comparison-table'
export type { AnnotatedRelation, AnnotatedSpan, Evaluation, PredictedTriple }
