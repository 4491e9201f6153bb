/** Breakdowns side by side: for every group of sentences or triples the mean F1 over the seeds of each label. */
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'

export interface EvaluatedRun {
  /** Label of a row; runs that differ by their seed alone share it. */
  readonly label: string
  readonly evaluation: Evaluation
}

export interface BreakdownTable {
  /** "overlap class", "triples", "length", "novelty", "relation frequency", "relation". */
  readonly name: string
  readonly labels: readonly string[]
  readonly rows: readonly BreakdownRow[]
}

export interface BreakdownRow {
  readonly name: string
  readonly sentences: number
  readonly gold: number
  /** Mean F1 per label, 0 to 1; null where there is neither gold nor a predicted triple. */
  readonly f1: readonly (number | null)[]
}

export function compareBreakdowns(runs: readonly EvaluatedRun[], match: MatchMode): BreakdownTable[] {
  const labels = [...new Set(runs.map(({ label }) => label))]
  const cells = runs.flatMap(({ label, evaluation }) =>
    evaluation.breakdowns[match].flatMap(({ name: breakdown, rows }) =>
      rows.map(({ label: name, sentences, scores }) => ({ breakdown, name, label, sentences, scores })),
    ),
  )
  return [...Map.groupBy(cells, ({ breakdown }) => breakdown)].map(([name, own]) => ({
    name,
    labels,
    rows: [...Map.groupBy(own, (cell) => cell.name)].map(([row, inRow]) => ({
      name: row,
      sentences: Math.max(...inRow.map(({ sentences }) => sentences)),
      gold: Math.max(...inRow.map(({ scores }) => scores.gold)),
      f1: labels.map((label) =>
        meanOf(
          inRow
            .filter((cell) => cell.label === label && cell.scores.gold + cell.scores.predicted > 0)
            .map(({ scores }) => scores.f1),
        ),
      ),
    })),
  }))
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
