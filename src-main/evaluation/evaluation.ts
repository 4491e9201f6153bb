/** Evaluation: all scores of one run on one split. */
import type { MatchMode } from './match-mode.ts'
import type { Scores } from './scores.ts'

export interface Breakdown {
  /**
   * Name of the breakdown: "overlap class" (over the triples as the file lists them: the published counting), "overlap
   * class of unique triples", "triples", "length", "relation frequency", "novelty", "relation".
   */
  readonly name: string
  readonly rows: readonly { readonly label: string; readonly sentences: number; readonly scores: Scores }[]
}

export interface Evaluation {
  readonly sentences: number
  /** SHA-256 over words and gold of the scored sentences; left out where it is not stored. */
  readonly sha256?: string
  readonly uniqueTriples: number
  readonly triples: Record<MatchMode, Scores>
  /** Scores of the early pass; null for variants without one. */
  readonly earlyTriples: Record<MatchMode, Scores> | null
  /** Scores of spans by offsets and type: of all spans, and of those that take part in gold triples. */
  readonly entities: { readonly all: Scores; readonly inTriples: Scores }
  /** Breakdowns of the triples by match mode. */
  readonly breakdowns: Record<MatchMode, readonly Breakdown[]>
}
