/** Learning curves of several runs: every run dashed, the mean over the seeds of each group bold. */
import type { MatchMode } from '#main/evaluation/match-mode'
import { scoresIn, type MetricPoint, type Run } from '#main/runs/run'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import type { LabelledRuns } from './run-groups.ts'

export interface Curve {
  readonly name: string
  /** Points of epoch and dev F1 in percent. */
  readonly points: [number, number][]
  readonly isDashed: boolean
  readonly isBold: boolean
}

type PointsOf = (runId: string) => readonly MetricPoint[]

/** A mean ends where its shortest run ends: beyond, it would jump for lack of a run, not for what was learnt. */
export function learningCurves(groups: readonly LabelledRuns[], pointsOf: PointsOf, match: MatchMode): Curve[] {
  return groups.flatMap(({ label, runs }) => {
    const nameOf = nameBySeed(label, runs)
    const each = runs
      .map((run) => ({
        name: nameOf(run),
        points: toPairs(pointsOf(run.runId), match),
        isDashed: true,
        isBold: false,
      }))
      .filter(({ points }) => points.length > 0)
    const [first] = each
    if (!first) return []
    if (each.length === 1) return [{ name: label, points: first.points, isDashed: false, isBold: false }]
    const shortest = Math.min(...each.map(({ points }) => points.length))
    const mean = first.points
      .slice(0, shortest)
      .map(([epoch], index): [number, number] => [epoch, meanOf(each.map(({ points }) => points[index]?.[1] ?? 0))])
    return [{ name: `${label}, mean`, points: mean, isDashed: false, isBold: true }, ...each]
  })
}

/** Name of a curve; runs of one seed get more than the seed to tell them apart. */
function nameBySeed(label: string, runs: readonly Run[]): (run: Run) => string {
  const seedOf = ({ config }: Run): number => config.training.seed
  const distinctions = distinctionsOf(runs.map((run) => ({ ...run, name: `seed ${seedOf(run)}` })))
  return (run) => `${label}, ${labelOfRun({ runId: run.runId, name: `seed ${seedOf(run)}` }, distinctions)}`
}

function toPairs(points: readonly MetricPoint[], match: MatchMode): [number, number][] {
  return points.flatMap(({ epoch, dev }) => {
    const scores = scoresIn(dev, match)
    return scores ? [[epoch, 100 * scores.f1]] : []
  })
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
