/** Spread: how much scores move when the stochastic maps are drawn again instead of read by their mean. */
import { spreadOf, type SpreadScores } from './mean.ts'
import type { Scores } from './scores.ts'

export interface Spread {
  readonly draws: number
  readonly precision: SpreadScores
  readonly recall: SpreadScores
  readonly f1: SpreadScores
}

/** Throws where there is no draw. */
export function spreadOfDraws(draws: readonly Scores[]): Spread {
  if (draws.length === 0) throw new RangeError('A spread needs at least one draw.')
  const of = (name: 'precision' | 'recall' | 'f1') => spreadOf(draws.map((scores) => scores[name]))
  return { draws: draws.length, precision: of('precision'), recall: of('recall'), f1: of('f1') }
}
