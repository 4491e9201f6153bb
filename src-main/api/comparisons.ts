/** Comparisons of runs in the contract. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ComparisonTable } from '#main/comparison/comparison-table'
import type { ScoringCost } from '#main/evaluation/stored-evaluation'
import { matchMode, runId, split } from './shared.ts'

/** By which thresholds runs are compared. */
export const comparedThresholds = ['tuned', 'given'] as const

/** The table of the runs that are scored on the split, and those that are not. */
export interface Comparison extends ComparisonTable {
  readonly unscored: readonly UnscoredRun[]
  /** Ids of runs that were scored before the gold changed. */
  readonly outdated: readonly string[]
}

export interface UnscoredRun extends ScoringCost {
  readonly runId: string
  readonly name: string
}

export const comparisons = {
  /** Compares what is stored; scores and predicts nothing. */
  table: oc
    .input(
      z.object({
        ...{ runIds: z.array(runId).min(1), match: matchMode, split: split },
        /** By the thresholds of the runs, tuned ones where there are, which is usual; or all by those of their settings. */
        thresholds: z.enum(comparedThresholds).optional(),
      }),
    )
    .output(type<Comparison>()),
}
