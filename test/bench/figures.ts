/** Medians, quantiles and ratios of measured values. */

/** NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Between two values it is interpolated; NaN for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const [low = Number.NaN, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

/** NaN for none. */
export function least(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.min(...values)
}

/**
 * How many times the other's value: the median over the rounds that both have. What slowed down one round slowed down
 * both, and drops out.
 */
export function ratioOf(rounds: readonly number[], others: readonly number[]): number {
  const common = Math.min(rounds.length, others.length)
  return median(rounds.slice(0, common).map((value, round) => value / (others[round] ?? Number.NaN)))
}
