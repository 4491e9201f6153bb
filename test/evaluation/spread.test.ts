/** Mean and deviation over draws. */
import { expect, it } from 'vitest'
import { toScores } from '#main/evaluation/scores'
import { spreadOfDraws } from '#main/evaluation/spread'

it('the spread of draws is their mean and sample deviation', () => {
  const { draws, precision, recall, f1 } = spreadOfDraws(
    [toScores(10, 10, 5), toScores(10, 10, 7), toScores(10, 20, 6)],
    'exact',
  )
  expect(draws).toBe(3)
  expect(precision.mean).toBeCloseTo(0.5, 12)
  expect(precision.deviation).toBeCloseTo(0.2, 12)
  expect(recall.mean).toBeCloseTo(0.6, 12)
  expect(recall.deviation).toBeCloseTo(0.1, 12)
  expect(f1.mean).toBeCloseTo((0.5 + 0.7 + 0.4) / 3, 12)
  expect(spreadOfDraws([toScores(2, 2, 1)], 'exact').f1.deviation).toBeNull()
  expect(() => spreadOfDraws([], 'exact')).toThrow('at least one draw')
})
