/** Calibration: known answers of its parts, and what it must never do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareOf, wilson } from '#main/evaluation/binomial-interval'
import { applyMap, calibrate, fitCalibration } from '#main/evaluation/calibration'
import { chooseCalibration, type ChosenCalibration } from '#main/evaluation/choose-calibration'
import { describeChoice } from '#main/evaluation/describe-calibration'
import { interpolate, isotonicSteps } from '#main/evaluation/isotonic'
import { fitLogistic, sigmoid } from '#main/evaluation/logistic'
import { reliabilityOf } from '#main/evaluation/reliability'
import type { TripleGuess } from '#main/evaluation/triple-guesses'
import { drawOf } from '#main/document/seeded-draw'

/** Guesses whose true chance to be right is a function of what the model states. */
function drawn(count: number, trueChance: (probability: number, relation: string) => number, seed = 1): TripleGuess[] {
  return Array.from({ length: count }, (_, sentence) => {
    const probability = 0.05 + 0.94 * drawOf(seed, sentence, 1)
    const relation = sentence % 2 === 0 ? 'even' : 'odd'
    return { relation, probability, sentence, isRight: drawOf(seed, sentence, 2) < trueChance(probability, relation) }
  })
}

function chosenOf(guesses: readonly TripleGuess[]): ChosenCalibration {
  const steps = chooseCalibration(guesses)
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

describe('isotonic regression', () => {
  it('pools what falls, as Barlow and others do by hand', () => {
    const points = [1, 3, 2, 4, 3.5, 3.5, 6].map((y, x) => ({ x, y }))
    expect(isotonicSteps(points).map(({ y }) => y)).toEqual([1, 2.5, 11 / 3, 6])
    expect(isotonicSteps(points).map(({ x }) => x)).toEqual([0, 1.5, 4, 6])
  })

  it('never falls, keeps the mean, and does not depend on the order of the points', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.integer({ min: 0, max: 1 }) })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (points) => {
        const steps = isotonicSteps(points)
        expect(steps).toEqual(isotonicSteps(points.toReversed()))
        const values = [0, 3, 7.5, 11, 20].map((x) => interpolate(steps, x))
        expect(values).toEqual(values.toSorted((a, b) => a - b))
      }),
    )
  })

  it('is a straight line between two steps and level outside of them', () => {
    const points = [
      { x: 0.2, y: 0.1 },
      { x: 0.6, y: 0.5 },
    ]
    expect([0, 0.2, 0.4, 0.6, 1].map((x) => interpolate(points, x))).toEqual(
      [0.1, 0.1, 0.3, 0.5, 0.5].map((y) => expect.closeTo(y, 12)),
    )
  })
})

describe('logistic regression', () => {
  it('finds the log odds of a share, and of two shares', () => {
    const ones = (count: number, of: number, features: readonly number[]) =>
      Array.from({ length: of }, (_, at) => ({ features, target: Number(at < count) }))
    expect(fitLogistic(ones(30, 40, [1]), 0)[0]).toBeCloseTo(Math.log(3), 8)
    const [slope, intercept] = fitLogistic([...ones(30, 40, [1, 1]), ...ones(10, 40, [0, 1])], 0)
    expect(intercept).toBeCloseTo(-Math.log(3), 8)
    expect(slope).toBeCloseTo(2 * Math.log(3), 8)
  })

  it('stays finite where the targets can be separated', () => {
    const examples = [-3, -2, 2, 3].map((x) => ({ features: [x, 1], target: Number(x > 0) }))
    for (const value of fitLogistic(examples)) expect(Math.abs(value)).toBeLessThan(10)
  })
})

describe('reliability', () => {
  it('has the calibration error of a case that is reckoned by hand', () => {
    // two bins: 0.2 and 0.4 stated of which one is right (mean 0.3, half right); 0.9 twice, both right
    const stated = [
      { probability: 0.2, isRight: false },
      { probability: 0.4, isRight: true },
      { probability: 0.9, isRight: true },
      { probability: 0.9, isRight: true },
    ]
    const { ece, brier, bins, right } = reliabilityOf(stated, 2)
    expect(ece).toBeCloseTo(0.5 * 0.2 + 0.5 * 0.1, 12)
    expect(brier).toBeCloseTo((0.04 + 0.36 + 0.01 + 0.01) / 4, 12)
    expect(bins.map(({ count, right: own }) => [count, own])).toEqual([
      [2, 1],
      [2, 2],
    ])
    expect(right).toBe(3)
  })

  it('puts a probability of 1 into the last bin, and is 0 where nothing was stated', () => {
    expect(reliabilityOf([{ probability: 1, isRight: true }]).bins.at(-1)?.count).toBe(1)
    expect(reliabilityOf([])).toMatchObject({ count: 0, ece: 0, brier: 0 })
  })
})

describe("Wilson's interval", () => {
  it('has the bounds of Newcombe (1998), table I', () => {
    const bounds = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [right, of, low, high] of bounds) {
      const found = shareOf(right, of)
      expect(found.low).toBeCloseTo(low, 4)
      expect(found.high).toBeCloseTo(high, 4)
    }
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

describe('a calibration', () => {
  it('finds the map that made the data, by each method that can', () => {
    const platt = drawn(20_000, (probability) => sigmoid(0.5 * Math.log(probability / (1 - probability)) - 0.4))
    for (const method of ['platt', 'beta', 'isotonic'] as const) {
      const { map } = fitCalibration(platt, { method, hasShifts: false })
      for (const probability of [0.2, 0.5, 0.8, 0.95]) {
        const truth = sigmoid(0.5 * Math.log(probability / (1 - probability)) - 0.4)
        expect(Math.abs(applyMap(map, probability) - truth)).toBeLessThan(0.04)
      }
    }
  })

  it('shifts the relation types that are right less often than others, and only those with enough guesses', () => {
    const guesses = drawn(4000, (probability, relation) => (relation === 'odd' ? probability / 2 : probability))
    const rare = { relation: 'rare', probability: 0.5, isRight: true, sentence: 1 }
    const calibration = fitCalibration([...guesses, rare], { method: 'platt', hasShifts: true })
    expect(Object.keys(calibration.shifts).sort()).toEqual(['even', 'odd'])
    expect(calibrate(calibration, 'even', 0.8)).toBeGreaterThan(calibrate(calibration, 'odd', 0.8) + 0.2)
    expect(calibrate(calibration, 'constructor', 0.8)).toBe(calibrate(calibration, 'rare', 0.8))
  })

  it('keeps the order of the triples of one relation type, and stays between 0 and 1', () => {
    const probability = fc.double({ min: 0.05, max: 1, noNaN: true })
    const guess = fc.record({
      relation: fc.constantFrom('a', 'b'),
      ...{ probability, isRight: fc.boolean(), sentence: fc.nat(50) },
    })
    fc.assert(
      fc.property(
        fc.array(guess, { minLength: 1, maxLength: 80 }),
        fc.constantFrom('none', 'platt', 'beta', 'isotonic'),
        fc.array(probability, { minLength: 2, maxLength: 8 }),
        (guesses, method, asked) => {
          const calibration = fitCalibration(guesses, { method, hasShifts: true })
          const values = asked.toSorted((a, b) => a - b).map((one) => calibrate(calibration, 'a', one))
          for (const [at, value] of values.entries()) {
            expect(value).toBeGreaterThan(0)
            expect(value).toBeLessThan(1)
            expect(value).toBeGreaterThanOrEqual((values[at - 1] ?? 0) - 1e-9)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the chosen calibration', () => {
  it('brings the error of an overconfident model down on folds that it has not seen', () => {
    const overconfident = drawn(2000, (probability) => probability ** 3)
    const { before, after, kind } = chosenOf(overconfident)
    expect(before.ece).toBeGreaterThan(0.15)
    expect(after.ece).toBeLessThan(0.05)
    expect(after.count).toBe(before.count)
    expect(kind.method).not.toBe('none')
  })

  it('is the one with the least error of all that were tried, and told with them', () => {
    const { kind, tried } = chosenOf(drawn(600, (probability) => probability ** 2))
    expect(tried).toHaveLength(8)
    const least = Math.min(...tried.map(({ brier }) => brier))
    expect(tried.find(({ brier }) => brier === least)).toMatchObject(kind)
  })

  it('measures the error on other folds than it is fitted to: noise that can be learnt by heart does not look calibrated', () => {
    // right or wrong has nothing to do with the probability: a map that is measured where it was fitted would look perfect
    const noise = drawn(400, () => 0.5, 7)
    const own = fitCalibration(noise, { method: 'isotonic', hasShifts: true })
    const fitted = reliabilityOf(
      noise.map((guess) => ({ ...guess, probability: calibrate(own, guess.relation, guess.probability) })),
    )
    expect(chosenOf(noise).after.brier).toBeGreaterThan(fitted.brier)
  })

  it('is none where it made the error on held-out folds larger, and says what was tried and why', () => {
    const honest = drawn(90, (probability) => probability, 3)
    const chosen = chosenOf(honest)
    const { kind, calibration, before, after, rejected } = chosen
    expect(rejected?.kind).not.toEqual({ method: 'none', hasShifts: false })
    const grew = (['ece', 'brier'] as const).filter((error) => (rejected?.after[error] ?? 0) > before[error])
    expect(grew).not.toEqual([])
    expect({ kind, after }).toEqual({ kind: { method: 'none', hasShifts: false }, after: before })
    expect(calibrate(calibration, 'even', 0.4)).toBe(0.4)
    expect(describeChoice(chosen)).toMatch(
      /^No calibration is used.*on folds of dev.*calibration error \d+\.\d % before and \d+\.\d % after/,
    )
  })

  it('says of both errors which grew, where one shrank', () => {
    const chosen = chosenOf(drawn(90, (probability) => probability, 3))
    const kind = { method: 'platt', hasShifts: false } as const
    const [before, after] = [
      { ...chosen.before, ece: 0.08, brier: 0.1 },
      { ...chosen.before, ece: 0.02, brier: 0.11 },
    ]
    expect(describeChoice({ ...chosen, before, rejected: { kind, after } })).toContain(
      'made one error smaller (expected calibration error 8.0 % before and 2.0 % after) and the other larger (Brier score 0.1000 before and 0.1100 after)',
    )
    const both = { ...after, ece: 0.09 }
    expect(describeChoice({ ...chosen, before, rejected: { kind, after: both } })).toContain('made both errors larger')
  })

  it('is none for a handful of guesses', () => {
    const { kind, before, after, calibration } = chosenOf(drawn(30, (probability) => probability))
    expect(kind).toEqual({ method: 'none', hasShifts: false })
    expect(after).toEqual(before)
    expect(calibrate(calibration, 'even', 0.4)).toBe(0.4)
  })
})
