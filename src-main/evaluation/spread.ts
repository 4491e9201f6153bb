/** Spread: variation of the scores when the stochastic maps are drawn again instead of taking their mean. */
import { spreadOf, type SpreadScores } from './mean.ts'
import type { Scores } from './scores.ts'

export interface Spread {
  readonly draws: number
  /** Kind of the scores. */
  readonly of: 'exact' | 'partial' | 'entities'
  readonly precision: SpreadScores
  readonly recall: SpreadScores
  readonly f1: SpreadScores
}

/** Mean and deviation over the draws. @throws Error where there is no draw. */
export function spreadOfDraws(draws: readonly Scores[], of: Spread['of']): Spread {
  if (draws.length === 0) throw new RangeError('A spread needs at least one draw.')
  const spread = (name: 'precision' | 'recall' | 'f1') => spreadOf(draws.map((scores) => scores[name]))
  return { draws: draws.length, of, precision: spread('precision'), recall: spread('recall'), f1: spread('f1') }
}
