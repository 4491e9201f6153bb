/** Evaluation: everything that is said about one run on one split. */
import type { MatchMode } from './match-mode.ts'
import type { Scores } from './scores.ts'

export interface Breakdown {
  /**
   * "overlap class" (over the triples as the file lists them: the published counting), "overlap class of unique triples",
   * "triples", "length", "relation frequency", "novelty", "relation".
   */
  readonly name: string
  readonly rows: readonly { readonly label: string; readonly sentences: number; readonly scores: Scores }[]
}

export interface Evaluation {
  readonly sentences: number
  /** SHA-256 over words and gold of what was scored; left out where that is not stored. */
  readonly sha256?: string
  readonly uniqueTriples: number
  readonly triples: Record<MatchMode, Scores>
  /** The early pass, for variants that have one. */
  readonly earlyTriples: Record<MatchMode, Scores> | null
  /** Spans by offsets and type; once over all, once over those that take part in gold triples. */
  readonly entities: { readonly all: Scores; readonly inTriples: Scores }
  /** Breakdowns of the triples, per match mode. */
  readonly breakdowns: Record<MatchMode, readonly Breakdown[]>
}
