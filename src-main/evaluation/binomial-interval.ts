/** Intervals of a share that was counted, such as a precision: Wilson's, at 95 %. */

export interface Share {
  readonly right: number
  readonly of: number
  /** right / of; 0 where nothing was counted. */
  readonly share: number
  /** Wilson's 95 % interval; 0 to 1 where nothing was counted. */
  readonly low: number
  readonly high: number
}

/** The 0.975 quantile of the normal distribution. */
const z = 1.959963984540054

/**
 * Wilson's score interval (1927). It stays within 0 and 1, is not empty where all or none are right, and covers about 95 % already
 * with ten observations, where the plain normal interval does not. `of` need not be whole: weighted samples have an effective size.
 */
export function wilson(share: number, of: number): { readonly low: number; readonly high: number } {
  if (of <= 0) return { low: 0, high: 1 }
  const centre = share + (z * z) / (2 * of)
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const divisor = 1 + (z * z) / of
  // the exact bounds at the ends, where rounding would leave 1e-17
  return {
    low: share === 0 ? 0 : Math.max(0, (centre - spread) / divisor),
    high: share === 1 ? 1 : Math.min(1, (centre + spread) / divisor),
  }
}

export function shareOf(right: number, of: number): Share {
  const share = of === 0 ? 0 : right / of
  return { right, of, share, ...wilson(share, of) }
}
