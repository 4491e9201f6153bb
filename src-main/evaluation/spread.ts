/** Spread: how much scores move when the stochastic maps are drawn again instead of read by their mean. */
import type { Scores } from './scores.ts'

export interface MeanAndDeviation {
  readonly mean: number
  /** Standard deviation over the draws (n - 1); 0 of a single one. */
  readonly deviation: number
}

export interface Spread {
  readonly draws: number
  readonly precision: MeanAndDeviation
  readonly recall: MeanAndDeviation
  readonly f1: MeanAndDeviation
}

/** Throws where there is no draw. */
export function spreadOf(draws: readonly Scores[]): Spread {
  if (draws.length === 0) throw new RangeError('A spread needs at least one draw.')
  const of = (name: 'precision' | 'recall' | 'f1'): MeanAndDeviation => {
    const values = draws.map((scores) => scores[name])
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, deviation: Math.sqrt(squares / Math.max(1, values.length - 1)) }
  }
  return { draws: draws.length, precision: of('precision'), recall: of('recall'), f1: of('f1') }
}
