/**
 * Comparison: one row per configuration with mean and deviation over its seeds, then the memory floor and the oracle.
 */
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import { spreadOf, type SpreadScores } from '#main/evaluation/mean'
import type { Scores } from '#main/evaluation/scores'
import type { ModelName } from '#main/runs/model-name'
import type { ComparedRun, ComparedSystem, ComparisonFrame } from './compared-run.ts'
import { publishedOf, type PublishedFigures, type ShownFigure } from './published.ts'
import { remarksOf, systemRemarks } from './remarks.ts'
import { groupSystems, labelGroups, type RowNames } from './run-groups.ts'

export type { SpreadScores }

export interface ComparisonRow {
  readonly label: string
  readonly kind: 'variant' | 'system' | 'floor' | 'oracle'
  /** What its runs were trained as; null where they are none. */
  readonly model: ModelName | null
  /** Ids of its runs, or of the predictions of its system. */
  readonly runIds: readonly string[]
  readonly precision: SpreadScores
  readonly recall: SpreadScores
  readonly f1: SpreadScores
  readonly entityF1: SpreadScores | null
  readonly seenF1: SpreadScores | null
  readonly unseenF1: SpreadScores | null
  /** F1 of the early pass; null for variants without one. */
  readonly earlyF1: SpreadScores | null
  readonly secondsPerEpoch: SpreadScores | null
  /** Published F1 of the same system, where published figures were asked for and there is one. */
  readonly published: ShownFigure | null
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

export interface TableOptions {
  readonly names?: RowNames | undefined
  readonly systems?: readonly ComparedSystem[] | undefined
  /** Published figures to set beside the rows, and the build that the corpus is. */
  readonly published?: { readonly figures: PublishedFigures; readonly build: string } | undefined
}

export function compareRuns(
  runs: readonly ComparedRun[],
  frame: ComparisonFrame,
  { names, published, systems = [] }: TableOptions = {},
): ComparisonTable {
  const { corpusName, split, match, floor, oracle, wholeOracles = [] } = frame
  const groups = labelGroups(runs, names)
  const others = groupSystems(systems, names)
  const first = runs[0]?.evaluation ?? systems[0]?.evaluation
  return {
    corpusName,
    split,
    match,
    sentences: first?.sentences ?? 0,
    uniqueTriples: first?.uniqueTriples ?? 0,
    rows: [
      ...groups.map(({ label, runs: group }) => ({
        ...variantRow(label, group, match),
        published:
          (published && group[0] && publishedOf(published.figures, group[0].config, { ...published, match })) ?? null,
      })),
      ...others.map(({ label, members }) => ({ ...systemRow(label, members, match), published: null })),
      ...(floor ? [plainRow('memory floor', 'floor', floor.scores)] : []),
      plainRow('oracle', 'oracle', oracle),
      ...wholeOracles.map(({ family, scores }) => plainRow(`oracle of ${family}`, 'oracle', scores)),
    ],
    remarks: [...remarksOf(runs, frame), ...systemRemarks(systems)],
  }
}

function variantRow(label: string, runs: readonly ComparedRun[], match: MatchMode): Omit<ComparisonRow, 'published'> {
  const seconds = runs.flatMap(({ secondsPerEpoch }) => secondsPerEpoch ?? [])
  return {
    ...scoredRow(
      label,
      runs.map(({ runId, name, evaluation }) => ({ runId, name, evaluation })),
      match,
    ),
    kind: 'variant',
    model: runs[0]?.config.variant ?? null,
    secondsPerEpoch: seconds.length === 0 ? null : spreadOf(seconds),
  }
}

function systemRow(
  label: string,
  members: readonly ComparedSystem[],
  match: MatchMode,
): Omit<ComparisonRow, 'published'> {
  const named = members.map(({ systemId, name, seed, evaluation }) => ({
    ...{ runId: systemId, evaluation },
    name: seed === null ? name : `${name} seed ${seed}`,
  }))
  return { ...scoredRow(label, named, match), kind: 'system', model: null, secondsPerEpoch: null }
}

interface Scored {
  readonly runId: string
  readonly name: string
  readonly evaluation: Evaluation
}

function scoredRow(
  label: string,
  runs: readonly Scored[],
  match: MatchMode,
): Omit<ComparisonRow, 'published' | 'kind' | 'model' | 'secondsPerEpoch'> {
  const over = (of: (evaluation: Evaluation) => number | null): SpreadScores | null => {
    const values = runs.map(({ evaluation }) => of(evaluation)).filter((value) => value !== null)
    return values.length === 0 ? null : spreadOf(values)
  }
  const scores = (of: (scores: Scores) => number): SpreadScores =>
    spreadOf(runs.map(({ evaluation }) => of(evaluation.triples[match])))
  return {
    label,
    runIds: runs.map(({ runId }) => runId),
    precision: scores(({ precision }) => precision),
    recall: scores(({ recall }) => recall),
    f1: scores(({ f1 }) => f1),
    entityF1: over(({ entities }) => entities.all.f1),
    seenF1: over((evaluation) => noveltyF1(evaluation, match, 'seen')),
    unseenF1: over((evaluation) => noveltyF1(evaluation, match, 'unseen')),
    earlyF1: over(({ earlyTriples }) => earlyTriples?.[match].f1 ?? null),
    each: runs.map(({ runId, name, evaluation }) => ({ runId, name, f1: evaluation.triples[match].f1 })),
  }
}

/** F1 of seen or unseen triples; null when there are none, since a zero would look like a failure. */
function noveltyF1(evaluation: Evaluation, match: MatchMode, label: string): number | null {
  const rows = evaluation.breakdowns[match].find(({ name }) => name === 'novelty')?.rows
  const scores = rows?.find((row) => row.label === label)?.scores
  return scores && scores.gold > 0 ? scores.f1 : null
}

function plainRow(label: string, kind: ComparisonRow['kind'], scores: Scores): ComparisonRow {
  const single = (mean: number): SpreadScores => ({ mean, deviation: null })
  return {
    label,
    kind,
    model: null,
    runIds: [],
    precision: single(scores.precision),
    recall: single(scores.recall),
    f1: single(scores.f1),
    entityF1: null,
    seenF1: null,
    unseenF1: null,
    earlyF1: null,
    secondsPerEpoch: null,
    published: null,
    each: [],
  }
}
