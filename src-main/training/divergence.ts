/** Divergence: the loss is still a number, but has grown so far that training cannot recover in useful time. */
import type { LossParts, MetricPoint } from '#main/runs/run'

/** Factor by which an epoch's loss may exceed the best one. Dropout, rare words and noise stay far below it. */
const tolerance = 20

/**
 * Reason to stop training after an epoch with these mean losses; null while the loss is sound. A loss near zero may
 * rise twentyfold and still be small, so the loss must also exceed that of the first epoch.
 */
export function divergenceOf(points: readonly MetricPoint[], epoch: number, { total }: LossParts): string | null {
  const [first] = points
  if (!first) return null
  const lowest = points.reduce((low, point) => (point.losses.total < low.losses.total ? point : low))
  if (total <= Math.max(tolerance * lowest.losses.total, first.losses.total)) return null
  return (
    `The loss diverged: in epoch ${epoch} its mean was ${total.toPrecision(3)}, more than ${tolerance} times the ` +
    `lowest one, ${lowest.losses.total.toPrecision(3)} in epoch ${lowest.epoch}, and above that of epoch 1.`
  )
}
