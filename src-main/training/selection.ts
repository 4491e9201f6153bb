/** Which epoch is kept, and when training stops: by dev F1 in the selection mode, the earliest where several are equal. */
import { selectionMode, type MetricPoint } from '#main/runs/run'

/** Throws where there is no point yet. */
export function bestPoint(points: readonly MetricPoint[]): MetricPoint {
  return points.reduce((best, point) => (f1Of(point) > f1Of(best) ? point : best))
}

/** Has dev F1 not risen for `patience` epochs? */
export function isExhausted(points: readonly MetricPoint[], patience: number): boolean {
  const last = points.at(-1)
  return last !== undefined && last.epoch - bestPoint(points).epoch >= patience
}

function f1Of({ dev }: MetricPoint): number {
  return dev[selectionMode].f1
}
