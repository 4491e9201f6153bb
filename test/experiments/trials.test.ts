import { describe, expect, it } from 'vitest'
import { bestOf, roundsOf } from '#main/experiments/halving'
import type { ExperimentPlan } from '#main/experiments/plan'
import { trialsOf } from '#main/experiments/trials'

const plan: ExperimentPlan = {
  ...{ name: 'sweep', variants: ['pmei'], seeds: [1, 2, 3], preset: 'recommended', encoder: null, search: null },
  vectors: [null],
  settings: { alpha: [0.1, 0.01], hidden: [50, 100], epochs: [20] },
}
const learningRate = { from: 1e-4, to: 1e-1, scale: 'log' } as const

describe('the grid of a plan', () => {
  it('has every combination once, named by what varies', () => {
    expect(trialsOf(plan).map(({ label }) => label)).toEqual([
      'alpha 0.1, hidden 50',
      'alpha 0.1, hidden 100',
      'alpha 0.01, hidden 50',
      'alpha 0.01, hidden 100',
    ])
    expect(trialsOf(plan)[2]).toMatchObject({ index: 2, settings: { alpha: 0.01, hidden: 50, epochs: 20 } })
  })

  it('is one trial without a name where nothing varies', () => {
    expect(trialsOf({ ...plan, settings: {} })).toEqual([{ index: 0, label: '', vectors: null, settings: {} }])
  })

  it('is refused where a family lacks a setting of several values, whoever made the plan', () => {
    expect(() => trialsOf({ ...plan, variants: ['pmei', 'rin'] })).toThrow(
      'The experiment tries several values of alpha, which rin does not have',
    )
    const one = { ...plan, variants: ['pmei', 'rin'] as const, settings: { hidden: [50, 100], alpha: [0.1] } }
    expect(trialsOf(one)).toHaveLength(2)
  })

  it('names word vectors by their file', () => {
    const labels = trialsOf({ ...plan, settings: {}, vectors: [null, '/data/glove.txt'] }).map(({ label }) => label)
    expect(labels).toEqual(['usual vectors', 'glove.txt'])
  })

  it('is refused beyond a thousand runs before it is made, with its factors and the way out', () => {
    const values = Array.from({ length: 1000 }, (_, at) => at + 1)
    expect(() => trialsOf({ ...plan, settings: { epochs: values, patience: values, hidden: values } })).toThrow(
      'These are 3,000,000,000 runs (1 variant × 3 seeds × 1,000 values of epochs × 1,000 values of patience × 1,000 values of hidden). List fewer values, or search',
    )
  })

  it('needs lists, not ranges', () => {
    expect(() => trialsOf({ ...plan, settings: { learningRate } })).toThrow(
      'learningRate has a range, and a grid needs a list',
    )
  })
})

describe('a search', () => {
  const search = (trials: number, seed = 1): ExperimentPlan => ({
    ...plan,
    settings: { learningRate, alpha: [0.1, 0.01] },
    search: { trials, seed, halving: null },
  })

  it('draws within the limits, the same for the same seed, and begins alike for more trials', () => {
    const trials = trialsOf(search(40))
    expect(trials).toHaveLength(40)
    for (const { settings } of trials) {
      expect(settings.learningRate).toBeGreaterThanOrEqual(1e-4)
      expect(settings.learningRate).toBeLessThanOrEqual(1e-1)
    }
    const below = trials.filter(({ settings }) => Number(settings.learningRate) < 10 ** -2.5)
    expect(below.length).toBeGreaterThan(10) // half of them on a logarithmic scale, a thirtieth on a linear one
    expect(trialsOf(search(10)).map(({ settings }) => settings)).toEqual(
      trials.slice(0, 10).map(({ settings }) => settings),
    )
    expect(trialsOf(search(10, 2))[0]).not.toEqual(trials[0])
  })

  it('ends when there are no further combinations', () => {
    expect(trialsOf({ ...search(50), settings: { alpha: [0.1, 0.01] } })).toHaveLength(2)
  })
})

describe('successive halving', () => {
  it('leaves a third after each round, which is three times as long', () => {
    expect(roundsOf({ epochs: 2, factor: 3 }, 20, 100)).toEqual([
      { candidates: 20, epochs: 2 },
      { candidates: 7, epochs: 6 },
      { candidates: 3, epochs: 18 },
      { candidates: 1, epochs: null },
    ])
  })

  it('lets several go on to the end where the epochs are used up', () => {
    expect(roundsOf({ epochs: 10, factor: 2 }, 8, 20)).toEqual([
      { candidates: 8, epochs: 10 },
      { candidates: 4, epochs: null },
    ])
  })

  it('takes the best, the earlier of equal ones, and what has no score last', () => {
    const scored = [
      { key: 'a', score: null },
      { key: 'b', score: 0.4 },
      { key: 'c', score: 0.7 },
      { key: 'd', score: 0.4 },
      { key: 'e', score: 0 },
    ]
    expect(bestOf(scored, 5)).toEqual(['c', 'b', 'd', 'e', 'a'])
  })
})
