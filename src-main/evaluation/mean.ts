/** Mean and deviation of figures, over seeds or over draws. */

export interface SpreadScores {
  readonly mean: number
  /** Sample standard deviation (n - 1); null for a single figure. */
  readonly deviation: number | null
}

/** Mean and deviation of at least one figure. */
export function spreadOf(values: readonly number[]): SpreadScores {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)) }
}
