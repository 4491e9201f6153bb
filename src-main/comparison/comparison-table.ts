/**
 * Comparison: one row per configuration with mean and deviation over its seeds, then the memory floor and the oracle.
 */
import type { Split } from '#main/document/doc'
import type { MatchMode } from '#main/evaluation/match-mode'
import { spreadOf, type SpreadScores } from '#main/evaluation/mean'
import type { Scores } from '#main/evaluation/scores'
import type { ComparedRun, ComparisonFrame } from './compared-run.ts'
import { remarksOf } from './remarks.ts'
import { labelGroups } from './run-groups.ts'

export type { SpreadScores }

export interface ComparisonRow {
  readonly label: string
  readonly kind: 'variant' | 'floor' | 'oracle'
  readonly runIds: readonly string[]
  readonly precision: SpreadScores
  readonly recall: SpreadScores
  readonly f1: SpreadScores
  readonly entityF1: SpreadScores | null
  readonly seenF1: SpreadScores | null
  readonly unseenF1: SpreadScores | null
  readonly secondsPerEpoch: SpreadScores | null
  /** F1 of every run by name. The best run is never given as the result. */
  readonly each: readonly { readonly runId: string; readonly name: string; readonly f1: number }[]
}

export interface ComparisonTable {
  readonly corpusName: string
  readonly split: Split
  readonly match: MatchMode
  readonly sentences: number
  readonly uniqueTriples: number
  readonly rows: readonly ComparisonRow[]
  /** Plain sentences about the table: its protocol, and conclusions that it does not allow. */
  readonly remarks: readonly string[]
}

export function compareRuns(runs: readonly ComparedRun[], frame: ComparisonFrame): ComparisonTable {
  const { corpusName, split, match, floor, oracle } = frame
  const groups = labelGroups(runs)
  return {
    corpusName,
    split,
    match,
    sentences: runs[0]?.evaluation.sentences ?? 0,
    uniqueTriples: runs[0]?.evaluation.uniqueTriples ?? 0,
    rows: [
      ...groups.map(({ label, runs: group }) => variantRow(label, group, match)),
      ...(floor ? [plainRow('memory floor', 'floor', floor.scores)] : []),
      plainRow('oracle', 'oracle', oracle),
    ],
    remarks: remarksOf(runs, frame),
  }
}

function variantRow(label: string, runs: readonly ComparedRun[], match: MatchMode): ComparisonRow {
  const over = (of: (run: ComparedRun) => number | null): SpreadScores | null => {
    const values = runs.map(of).filter((value) => value !== null)
    return values.length === 0 ? null : spreadOf(values)
  }
  const scores = (of: (scores: Scores) => number): SpreadScores =>
    spreadOf(runs.map(({ evaluation }) => of(evaluation.triples[match])))
  return {
    label,
    kind: 'variant',
    runIds: runs.map(({ runId }) => runId),
    precision: scores(({ precision }) => precision),
    recall: scores(({ recall }) => recall),
    f1: scores(({ f1 }) => f1),
    entityF1: over(({ evaluation }) => evaluation.entities.all.f1),
    seenF1: over((run) => noveltyF1(run, match, 'seen')),
    unseenF1: over((run) => noveltyF1(run, match, 'unseen')),
    secondsPerEpoch: over(({ secondsPerEpoch }) => secondsPerEpoch),
    each: runs.map(({ runId, name, evaluation }) => ({ runId, name, f1: evaluation.triples[match].f1 })),
  }
}

/** F1 of seen or unseen triples; null when there are none, since a zero would look like a failure. */
function noveltyF1({ evaluation }: ComparedRun, match: MatchMode, label: string): number | null {
  const rows = evaluation.breakdowns[match].find(({ name }) => name === 'novelty')?.rows
  const scores = rows?.find((row) => row.label === label)?.scores
  return scores && scores.gold > 0 ? scores.f1 : null
}

function plainRow(label: string, kind: ComparisonRow['kind'], scores: Scores): ComparisonRow {
  const single = (mean: number): SpreadScores => ({ mean, deviation: null })
  return {
    label,
    kind,
    runIds: [],
    precision: single(scores.precision),
    recall: single(scores.recall),
    f1: single(scores.f1),
    entityF1: null,
    seenF1: null,
    unseenF1: null,
    secondsPerEpoch: null,
    each: [],
  }
}
