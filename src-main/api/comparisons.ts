/** Comparisons of runs in the contract. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { ComparisonTable } from '#main/comparison/comparison-table'
import type { BreakdownIntervals } from '#main/comparison/charts/breakdown-bars'
import type { GridCell } from '#main/comparison/charts/chart'
import type { Confused } from '#main/comparison/charts/confusion'
import type { ProbableRow } from '#main/comparison/charts/probability-charts'
import type { GoldVersions } from '#main/comparison/gold-versions'
import type { PublishedFigures } from '#main/comparison/published'
import { comparedThresholds, type SavedComparison } from '#main/comparison/saved-comparison'
import { columnNames, rowOrders } from '#main/comparison/table-view'
import { diffKinds, type DiffKind, type DiffSentence } from '#main/comparison/sentence-diff'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { BreakdownCell } from '#main/evaluation/breakdowns'
import type { Differences } from '#main/comparison/row-differences'
import type { ScoringCost } from '#main/evaluation/stored-evaluation'
import { matchMode, page, runId, split } from './shared.ts'

/** The table of the runs that are scored on the split, and those that are not. */
export interface Comparison extends ComparisonTable {
  readonly unscored: readonly UnscoredRun[]
  /** Ids of runs that were scored before the gold changed. */
  readonly outdated: readonly string[]
  /** Ids of runs that were scored before counts of sentences were kept, without which they cannot be tested. */
  readonly uncounted: readonly string[]
}

/** A page of the sentences of two members of rows. */
export interface SentenceDiff {
  /** Number of sentences of each kind that pass the rest of the filter. */
  readonly kinds: Readonly<Record<DiffKind, number>>
  /** Number of sentences that pass the filter. */
  readonly total: number
  readonly sentences: readonly DiffSentence[]
  /** Relation types of all triples, and rows of breakdowns, to filter by. */
  readonly types: readonly string[]
  readonly cells: readonly BreakdownCell[]
}

export interface UnscoredRun extends ScoringCost {
  readonly runId: string
  readonly name: string
}

export interface RunScores extends Pick<Evaluation, 'triples' | 'earlyTriples'> {
  readonly runId: string
}

const rowName = z.string().trim().min(1, 'a row needs a name').max(120)

const systemId = z.string().min(1)

const compared = {
  runIds: z.array(runId),
  /** Predictions of other systems. */
  systemIds: z.array(systemId).optional(),
  ...{ match: matchMode, split: split },
  /** Thresholds of the predictions: those of the runs, tuned where there are such, which is usual; or for all runs those of their settings. */
  thresholds: z.enum(comparedThresholds).optional(),
  /** Names of rows by the id of one of their runs. */
  names: z.record(runId, rowName).optional(),
}

const view = z.object({
  systemIds: z.array(systemId).readonly().default([]),
  ...{ runIds: z.array(runId).readonly(), match: matchMode, split: split },
  thresholds: z.enum(comparedThresholds).default('tuned'),
  baselineId: runId.nullable(),
  names: z.record(runId, rowName).readonly(),
  columns: z.array(z.enum(columnNames)).readonly(),
  order: z.enum(rowOrders),
  decimals: z.int().min(0).max(3),
  build: z.string().nullable(),
  pins: z
    .array(z.object({ firstId: systemId, secondId: systemId, sentenceId: z.int() }))
    .max(200, 'a report shows 200 sentences at most')
    .readonly()
    .default([]),
})

const comparisonName = z.string().trim().min(1, 'a comparison needs a name').max(120)
const comparisonId = z.int().positive()

export const comparisons = {
  /** Compares what is stored; scores and predicts nothing. Published figures stand beside rows where the build of the corpus is given. */
  table: oc.input(z.object({ ...compared, build: z.string().optional() })).output(type<Comparison>()),
  /** Differences of the rows of that table to the one that holds the run `baselineId`, or to the first; it takes a second for each row. */
  differences: oc.input(z.object({ ...compared, baselineId: runId.optional() })).output(type<Differences>()),
  /** Sentences in which two members of rows differ, each a run or the predictions of a system; a page of it. */
  diff: oc
    .input(
      z.object({
        ...{ firstId: systemId, secondId: systemId, match: matchMode, split: split },
        thresholds: z.enum(comparedThresholds).optional(),
        filter: z.object({
          kind: z.enum(diffKinds).optional(),
          type: z.string().optional(),
          cell: z.object({ breakdown: z.string(), label: z.string() }).optional(),
          search: z.string().max(200).optional(),
          /** Only sentences of which an early pass finds a gold triple that its final pass lacks. */
          isLost: z.boolean().optional(),
          /** Only sentences of which a person marked that the gold is wrong. */
          isMarked: z.boolean().optional(),
          /** Only these sentences. */
          sentenceIds: z.array(z.int()).max(200).optional(),
        }),
        ...page,
      }),
    )
    .output(type<SentenceDiff>()),
  /** Marks the gold of a sentence as wrong, as an act in its history, or takes the mark back. Nothing else of it changes. */
  markGold: oc.input(z.object({ sentenceId: z.int(), isWrong: z.boolean() })).output(type<void>()),
  /** F1 of every row against the gold before marks and as it is now; from stored predictions. */
  goldVersions: oc.input(z.object(compared)).output(type<GoldVersions>()),
  /** Scores of every run that is scored, in all match modes. */
  scores: oc.input(z.object(compared)).output(type<RunScores[]>()),
  /** F1 of every row by groups of sentences or triples, with intervals; from stored predictions, the latest of each run. */
  breakdowns: oc.input(z.object(compared)).output(type<BreakdownIntervals[]>()),
  /** Counts of the guesses of every row of runs from thresholds on, and how right their probabilities are. */
  probabilities: oc.input(z.object(compared)).output(type<ProbableRow[]>()),
  /** Gold against predicted labels of one run or system among those that are compared. */
  confusion: oc
    .input(z.object({ ...compared, memberId: systemId }))
    .output(type<Readonly<Record<Confused, readonly GridCell[]>>>()),
  /** Figures of papers, in percent, each with build, match mode, encoder and selection. */
  published: oc.output(type<PublishedFigures>()),
  /** The comparisons that were saved, in the order of their names. */
  saved: oc.output(type<SavedComparison[]>()),
  /** Saves a comparison under a name that none has yet. */
  save: oc.input(z.object({ name: comparisonName, view })).output(type<SavedComparison>()),
  /** Gives a saved comparison another name or another view. */
  change: oc
    .input(z.object({ comparisonId, name: comparisonName.optional(), view: view.optional() }))
    .output(type<SavedComparison>()),
  /** Answers with what was removed, which can be brought back until the workspace is closed. */
  remove: oc.input(z.object({ comparisonId })).output(type<SavedComparison>()),
  restore: oc.input(z.object({ comparisonId })).output(type<SavedComparison>()),
}
