/** Learning curves of several runs: every run thin and dashed, the mean of each variant's seeds in full. */
import type { MatchMode } from '#main/evaluation/match-mode'
import type { MetricPoint, Run } from '#main/runs/run'

export interface Curve {
  readonly name: string
  /** Epoch and dev F1 in percent. */
  readonly points: [number, number][]
  readonly isDashed: boolean
}

export interface MeasuredRun {
  readonly run: Run
  readonly points: readonly MetricPoint[]
}

/** A mean ends where its shortest run ends: beyond, it would jump for lack of a run, not for what was learnt. */
export function learningCurves(measured: readonly MeasuredRun[], match: MatchMode): Curve[] {
  const byVariant = Map.groupBy(measured, ({ run }) => run.config.variant)
  return [...byVariant].flatMap(([variant, members]) => {
    const curves = members.map(({ run, points }) => toCurve(run.name, points, match, members.length > 1))
    if (members.length < 2) return curves
    const lengths = curves.map(({ points }) => points.length)
    const mean: Curve = {
      name: `${variant}, mean of ${members.length}`,
      points: (curves[0]?.points ?? [])
        .slice(0, Math.min(...lengths))
        .map(([epoch], index) => [epoch, meanOf(curves.map(({ points }) => points[index]?.[1] ?? 0))]),
      isDashed: false,
    }
    return [mean, ...curves]
  })
}

function toCurve(name: string, points: readonly MetricPoint[], match: MatchMode, isDashed: boolean): Curve {
  return { name, points: points.map(({ epoch, dev }) => [epoch, 100 * dev[match].f1]), isDashed }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
