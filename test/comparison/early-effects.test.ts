/** What is said of early predictions that something else stood in for. */
import { expect, it } from 'vitest'
import { describeEffects, type EarlyEffects } from '#main/comparison/early-effects'
import { toScores } from '#main/evaluation/scores'

it('says what gold gives, or that it bounds nothing where the maps take it for something else', () => {
  const effects = (gold: number, of: EarlyEffects['of'] = 'exact'): EarlyEffects => ({
    ...{ sentences: 5, of },
    rows: (
      [
        ['predicted', 6],
        ['gold', gold],
        ['noise', 4],
        ['nothing', 5],
      ] as const
    ).map(([input, correct]) => ({
      ...{ input, triples: toScores(10, 10, correct), entities: toScores(10, 10, 10 - correct) },
    })),
  })
  expect(describeEffects(effects(8))).toBe(
    'Gold in place of the early predictions changes the final F1 by +20.0 points, which is what right early predictions would give this model. Without any it changes by −10.0, with those of other words by −20.0: so much of its score this model, which was trained with them, takes from them.',
  )
  expect(describeEffects(effects(3))).toContain('so this bounds nothing')
  expect(describeEffects(effects(3, 'entities'))).toContain('by +30.0 points')
})
