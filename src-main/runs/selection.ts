/** Which epoch is kept, and when training stops: by dev F1, the earliest where several are equal. Where nothing is found yet, the latest. */
import { selectionScores, type MetricPoint } from './run.ts'
import type { Task } from './variant.ts'

/** Throws where there is no point yet. */
export function bestPoint(points: readonly MetricPoint[], tasks: readonly Task[]): MetricPoint {
  const f1Of = (point: MetricPoint): number => selectionScores(point, tasks).f1
  // an epoch without a find says nothing against the next, which has learnt more
  return points.reduce((best, point) => (f1Of(point) > f1Of(best) || f1Of(best) === 0 ? point : best))
}

/** Has dev F1 not risen for `patience` epochs? Patience begins with the first find. */
export function isExhausted(points: readonly MetricPoint[], tasks: readonly Task[], patience: number): boolean {
  const last = points.at(-1)
  return last !== undefined && last.epoch - bestPoint(points, tasks).epoch >= patience
}
