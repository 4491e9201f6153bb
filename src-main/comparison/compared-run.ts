/** What a comparison is made from: the runs, and what holds for all of them. */
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import type { RunConfig } from '#main/runs/config'

export interface ComparedRun {
  readonly runId: string
  readonly name: string
  readonly config: RunConfig
  /** SHA-256 of the train split it saw. */
  readonly trainSha256: string
  /** The run whose weights it started from. */
  readonly fromRunId: string | null
  readonly isFinished: boolean
  /** Read with thresholds that were tuned on dev. */
  readonly isTuned: boolean
  readonly evaluation: Evaluation
  readonly secondsPerEpoch: number | null
}

export interface ComparisonFrame {
  readonly corpusName: string
  readonly split: Split
  readonly match: MatchMode
  /** Null where it cannot be computed, with the reason in `remarks`. */
  readonly floor: { readonly fraction: number; readonly scores: Scores } | null
  readonly oracle: Scores
}
