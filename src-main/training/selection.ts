/** Which epoch is kept, and when training stops: by dev F1, the earliest where several are equal. */
import { selectionScores, type MetricPoint } from '#main/runs/run'
import type { Task } from '#main/runs/variants'

/** Throws where there is no point yet. */
export function bestPoint(points: readonly MetricPoint[], tasks: readonly Task[]): MetricPoint {
  const f1Of = (point: MetricPoint): number => selectionScores(point, tasks).f1
  return points.reduce((best, point) => (f1Of(point) > f1Of(best) ? point : best))
}

/** Has dev F1 not risen for `patience` epochs? */
export function isExhausted(points: readonly MetricPoint[], tasks: readonly Task[], patience: number): boolean {
  const last = points.at(-1)
  return last !== undefined && last.epoch - bestPoint(points, tasks).epoch >= patience
}
