/** ExtractedDocument: the sentences of a document with the spans and triples that a run found in them. */

/**
 * A relation type may join spans of these types or not: the label set allows or forbids it; where it says nothing of the relation
 * type, training has or has not seen it.
 */
export const plausibilities = ['allowed', 'seen', 'unseen', 'forbidden'] as const
export type Plausibility = (typeof plausibilities)[number]

/** One triple found in a text. Offsets are code points into the document, end exclusive. */
export interface ExtractedTriple {
  readonly subject: ExtractedSpan
  readonly relation: string
  readonly object: ExtractedSpan
  /** As the model states it. */
  readonly probability: number
  /** Share of the triples like it that are right on dev; left out where the run is not calibrated. */
  readonly calibratedProbability?: number
  /** Left out where its spans have no types, and by older versions. */
  readonly plausibility?: Plausibility
  /** Verdict of a person in a check sample; left out where nobody judged it. */
  readonly verdict?: Verdict
}

export const verdicts = ['right', 'wrong', 'unsure'] as const
export type Verdict = (typeof verdicts)[number]

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
  /** Notes on how the model predicted it; left out where there are none. */
  readonly notes?: readonly string[]
}

export type ExtractionStatus = 'queued' | 'running' | 'paused' | 'interrupted' | 'finished' | 'failed' | 'cancelled'

export interface ExtractionSummary {
  readonly extractionId: number
  readonly runId: string
  readonly runName: string
  /** True where the run is gone or in the bin: it cannot extract again. */
  readonly isRunRemoved: boolean
  /** Title of the source, as in "reports.jsonl"; empty for one of an older version. */
  readonly title: string
  /** Path of the file that it is written to as well; null where it is kept in the workspace alone. */
  readonly output: string | null
  /** The job that does it; null when that was forgotten. */
  readonly jobId: number | null
  readonly status: ExtractionStatus
  /** Why it failed or was interrupted; null otherwise. */
  readonly failure: string | null
  readonly documents: number
  readonly sentences: number
  readonly triples: number
  readonly failures: number
  /** Precision that its thresholds were chosen for; null where those of the run held. */
  readonly precision: number | null
  /** Sentences about its thresholds, its calibration and its texts. */
  readonly remarks: readonly string[]
  readonly createdMs: number
}
