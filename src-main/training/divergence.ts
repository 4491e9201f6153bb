/** Divergence: a loss that has grown out of all proportion comes back in no useful time, though it is still a number. */
import type { LossParts, MetricPoint } from '#main/runs/run'

/** An epoch may be this many times worse than the best one: dropout, rare words and noise stay far below. */
const tolerance = 20

/**
 * Why training is to stop after an epoch of these mean losses; null while all is well. What has been learnt must be
 * lost altogether: a loss near zero may well rise twentyfold and still be small, so the first epoch's is the measure too.
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
