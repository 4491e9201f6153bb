/** Breakdowns side by side: for every group of sentences or triples the mean F1 of each variant. */
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { VariantName } from '#main/runs/variants'

export interface EvaluatedRun {
  readonly variant: VariantName
  readonly evaluation: Evaluation
}

export interface BreakdownTable {
  /** "overlap class", "triples", "length", "novelty", "relation frequency", "relation". */
  readonly name: string
  readonly rows: readonly BreakdownRow[]
}

export interface BreakdownRow {
  readonly label: string
  readonly sentences: number
  readonly gold: number
  /** Mean F1 over the variant's runs, 0 to 1; null where a group has neither gold nor predicted triples. */
  readonly f1: ReadonlyMap<VariantName, number | null>
}

export function compareBreakdowns(runs: readonly EvaluatedRun[], match: MatchMode): BreakdownTable[] {
  const variants = [...new Set(runs.map(({ variant }) => variant))]
  const names = [...new Set(runs.flatMap(({ evaluation }) => evaluation.breakdowns[match].map(({ name }) => name)))]
  return names.map((name) => {
    const cells = runs.flatMap(({ variant, evaluation }) =>
      evaluation.breakdowns[match]
        .filter((breakdown) => breakdown.name === name)
        .flatMap(({ rows }) => rows.map((row) => ({ variant, ...row }))),
    )
    const rows = [...Map.groupBy(cells, ({ label }) => label)].map(([label, own]) => ({
      label,
      sentences: Math.max(...own.map(({ sentences }) => sentences)),
      gold: Math.max(...own.map(({ scores }) => scores.gold)),
      f1: new Map(
        variants.map((variant) => {
          const counted = own.filter((cell) => cell.variant === variant && cell.scores.gold + cell.scores.predicted > 0)
          const sum = counted.reduce((total, { scores }) => total + scores.f1, 0)
          return [variant, counted.length === 0 ? null : sum / counted.length] as const
        }),
      ),
    }))
    return { name, rows }
  })
}
