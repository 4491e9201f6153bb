/** Input of a comparison: the runs, and what all of them have in common. */
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import type { RunConfig } from '#main/runs/config'

export interface ComparedRun {
  readonly runId: string
  readonly name: string
  readonly config: RunConfig
  /** SHA-256 of the train split that the run saw. */
  readonly trainSha256: string
  /** Id of the run whose weights it started from. */
  readonly fromRunId: string | null
  readonly isFinished: boolean
  /** Whether its thresholds were tuned on dev. */
  readonly isTuned: boolean
  readonly evaluation: Evaluation
  /** Number of sentences whose words or gold changed after it was scored. */
  readonly changedSentences: number
  /** True where the counts of its sentences are stored. */
  readonly hasCounts: boolean
  readonly secondsPerEpoch: number | null
}

/** Predictions of another system than the runs; those of one name are a row. */
export interface ComparedSystem {
  readonly systemId: string
  readonly name: string
  readonly seed: number | null
  readonly fileName: string
  readonly notes: readonly string[]
  readonly evaluation: Evaluation
}

export interface ComparisonFrame {
  readonly corpusName: string
  readonly split: Split
  readonly match: MatchMode
  /** Memory floor; null where it cannot be computed, for a reason that `remarks` give. */
  readonly floor: { readonly fraction: number; readonly scores: Scores } | null
  /** The ceiling of tags and cells. */
  readonly oracle: Scores
  /** Oracles of the families that find triples whole, one for each of them that has a run in the table. */
  readonly wholeOracles?: readonly { readonly family: string; readonly scores: Scores }[]
}
