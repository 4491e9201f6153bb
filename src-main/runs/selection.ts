/** Selection by dev F1: the epoch that is kept (the earliest of equal ones, the latest while nothing right is found), and when training stops. */
import { selectionScores, type MetricPoint } from './run.ts'
import type { Task } from './variant.ts'

/** The point of the epoch that is kept. Throws where there is no point yet. */
export function bestPoint(points: readonly MetricPoint[], tasks: readonly Task[]): MetricPoint {
  const f1Of = (point: MetricPoint): number => selectionScores(point, tasks).f1
  // an epoch that finds nothing right says nothing against the next one, which has learnt more
  return points.reduce((best, point) => (f1Of(point) > f1Of(best) || f1Of(best) === 0 ? point : best))
}

/** Whether dev F1 has not risen for `patience` epochs, counted from the first epoch that found something right. */
export function isExhausted(points: readonly MetricPoint[], tasks: readonly Task[], patience: number): boolean {
  const last = points.at(-1)
  return last !== undefined && last.epoch - bestPoint(points, tasks).epoch >= patience
}

/** Whether the epochs so far, with the scoring of dev, have taken the minutes that a run may train; 0 minutes set no limit. */
export function isTimeUsed(points: readonly MetricPoint[], minutes: number): boolean {
  return minutes > 0 && secondsOf(points) >= 60 * minutes
}

/** Seconds that training and scoring dev have taken in these epochs. */
export function secondsOf(points: readonly MetricPoint[]): number {
  return points.reduce((sum, { seconds, devSeconds }) => sum + seconds + (devSeconds ?? 0), 0)
}
