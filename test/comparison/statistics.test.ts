/** Statistics of comparisons: against exact enumerations, and against what follows from their definitions. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compareSystems } from '#main/comparison/compare-systems'
import { createCountTable, f1OfRuns } from '#main/comparison/count-table'
import { holm } from '#main/comparison/holm'
import { pairedBootstrap } from '#main/comparison/paired-bootstrap'
import { randomizationTest } from '#main/comparison/randomization-test'
import type { SentenceCounts } from '#main/evaluation/sentence-counts'
import { createRandom } from '#main/models/shared/random'

/** Counts of one sentence: correct, predicted, gold. */
type Row = readonly [number, number, number]

function golden<Content>(name: string): Content {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/golden/statistics/${name}.json`, import.meta.url), 'utf8'),
  ) as Content
}

function countsOf(rows: readonly Row[]): SentenceCounts {
  const column = (at: 0 | 1 | 2) => Uint32Array.from(rows, (row) => row[at])
  return { correct: column(0), predicted: column(1), gold: column(2) }
}

function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

const paired = golden<{
  readonly a: Row[]
  readonly b: Row[]
  readonly f1_a: number
  readonly f1_b: number
  readonly bootstrap: { readonly mean: number; readonly low_2_5: number; readonly high_97_5: number }
  readonly randomization: { readonly p_exact: number }
}>('paired')
/** The golden differences are those of `a` less `b`. */
const onePair = createCountTable([countsOf(paired.b)], [countsOf(paired.a)])
const [seed, resamples, shuffles] = [1, 200_000, 200_000]

describe('a comparison of two systems', () => {
  it('scores both as the exact enumeration does', () => {
    const { first, second } = f1OfRuns(onePair)
    expect(second[0]).toBeCloseTo(paired.f1_a, 12)
    expect(first[0]).toBeCloseTo(paired.f1_b, 12)
  })

  it('gives the interval of all resamples of six sentences', () => {
    const { mean, low, high } = finish(pairedBootstrap(onePair, { seed, resamples }))
    // three standard errors of the mean, and the neighbouring values of the distribution
    expect(Math.abs(mean - paired.bootstrap.mean)).toBeLessThan(0.001)
    expect(low).toBeCloseTo(paired.bootstrap.low_2_5, 2)
    expect(high).toBeCloseTo(paired.bootstrap.high_97_5, 2)
  })

  it('gives the interval of all resamples of three sentences and two runs of each', () => {
    const exact = golden<{
      readonly seeds_a: Row[][]
      readonly seeds_b: Row[][]
      readonly difference: number
      readonly mean: number
      readonly low_2_5: number
      readonly high_97_5: number
    }>('two_level')
    const [first, second] = [exact.seeds_b.map(countsOf), exact.seeds_a.map(countsOf)]
    const { mean, low, high } = finish(pairedBootstrap(createCountTable(first, second), { seed, resamples }))
    expect(Math.abs(mean - exact.mean)).toBeLessThan(0.002)
    expect(low).toBeCloseTo(exact.low_2_5, 2)
    expect(high).toBeCloseTo(exact.high_97_5, 2)
    const { difference } = finish(compareSystems(first, second, { seed, resamples: 10, shuffles: 10 }))
    expect(difference).toBeCloseTo(exact.difference, 12)
  })

  it('gives the p of all ways to swap six sentences', () => {
    const p = finish(randomizationTest(onePair, { seed, shuffles }))
    const standardError = Math.sqrt((paired.randomization.p_exact * (1 - paired.randomization.p_exact)) / shuffles)
    expect(Math.abs(p - paired.randomization.p_exact)).toBeLessThan(3 * standardError)
  })

  it('is the same for the same seed', () => {
    const settings = { seed: 5, resamples: 200, shuffles: 200 }
    const of = (own: number) =>
      finish(compareSystems([countsOf(paired.a)], [countsOf(paired.b)], { ...settings, seed: own }))
    expect(of(5)).toEqual(of(5))
    expect(of(6)).not.toEqual(of(5))
  })

  it('finds no difference between a system and itself', () => {
    const { difference, low, high, p } = finish(
      compareSystems([countsOf(paired.a)], [countsOf(paired.a)], { seed, resamples: 100, shuffles: 100 }),
    )
    expect([difference, low, high, p]).toEqual([0, 0, 0, 1])
  })

  it('knows no more from copies of a run than from the run', () => {
    const [a, b] = [countsOf(paired.a), countsOf(paired.b)]
    const settings = { seed, shuffles: 20_000 }
    const once = finish(randomizationTest(createCountTable([b], [a]), settings))
    expect(finish(randomizationTest(createCountTable([b, b], [a, a, a]), settings))).toBe(once)
  })

  it('rejects one null comparison in twenty where seeds differ more than sentences', () => {
    const hits = Array.from({ length: 300 }, (_, at) => {
      const random = createRandom(at)
      const system = () => Array.from({ length: 3 }, () => madeRun(0.6 + 0.06 * random.normal(), random.uniform))
      const table = createCountTable(system(), system())
      return finish(randomizationTest(table, { seed: at, shuffles: 300 })) <= 0.05
    }).filter(Boolean).length
    expect(hits).toBeLessThan(300 * 0.09)
    expect(hits).toBeGreaterThan(0)
  })

  it('adds counts of any size exactly, or refuses to', () => {
    const large = 2 ** 20
    const table = createCountTable([countsOf([[large, large, large]])], [countsOf([[large - 1, large, large]])])
    expect(f1OfRuns(table)).toEqual({ first: [1], second: [(large - 1) / large] })
    const many = Array.from({ length: 5000 }, (): Row => [2 ** 22, 2 ** 22, 2 ** 22])
    expect(() => createCountTable([countsOf(many)], [countsOf(many)])).toThrow('too many to resample')
  })

  it('refuses runs on other sentences and systems without a run', () => {
    const short = countsOf(paired.a.slice(1))
    expect(() => createCountTable([countsOf(paired.a)], [short])).toThrow('the same sentences')
    expect(() => createCountTable([], [short])).toThrow('a run of each system')
  })
})

describe("Holm's correction", () => {
  it('gives the values worked by hand', () => {
    const { p, holm: expected } = golden<{ readonly p: number[]; readonly holm: number[] }>('holm')
    holm(p).forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 12))
  })

  it('never exceeds 1 and leaves a single p as it is', () => {
    expect(holm([0.7, 0.9])).toEqual([1, 1])
    expect(holm([0.04])).toEqual([0.04])
    expect(holm([])).toEqual([])
  })
})

/** A run that finds each of the two gold triples of 400 sentences with the same chance. */
function madeRun(chance: number, uniform: () => number): SentenceCounts {
  return countsOf(
    Array.from({ length: 400 }, (): Row => [Number(uniform() < chance) + Number(uniform() < chance), 2, 2]),
  )
}
