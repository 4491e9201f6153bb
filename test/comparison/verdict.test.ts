/** The verdict under a comparison: nothing is claimed that the tests do not carry, and what does not compare is not compared. */
import { describe, expect, it } from 'vitest'
import { compareRuns, type ComparisonTable } from '#main/comparison/comparison-table'
import { correctDifferences, findingOf } from '#main/comparison/row-differences'
import { whyNotTested, type TestedRun } from '#main/comparison/tested-row'
import { formatDifference, formatP, verdictOf } from '#main/comparison/verdict'
import { toScores } from '#main/evaluation/scores'
import { comparedRun } from '../support/compared-runs.ts'

function tableOf(floor: number | null, ...runs: Parameters<typeof comparedRun>[]): ComparisonTable {
  return compareRuns(
    runs.map((run) => comparedRun(...run)),
    {
      ...{ corpusName: 'people', split: 'test', match: 'exact', oracle: toScores(10, 10, 10) },
      floor: floor === null ? null : { fraction: 0.5, scores: toScores(10, 10, floor) },
    },
  )
}

const tested = (label: string, difference: number, low: number, high: number, p: number) => ({
  ...{ label, why: null, difference: { difference, low, high, p } },
})
const seeds = [1, 2, 3, 4, 5]
const even = tableOf(
  null,
  ...(['mtl', 'pmei', 'mtl-sm'] as const).flatMap((variant) =>
    seeds.map((seed): Parameters<typeof comparedRun> => [variant, seed, 8]),
  ),
)

describe('a verdict', () => {
  it('tells differences from what cannot be told apart, after the correction', () => {
    const rows = correctDifferences([
      tested('pmei', 0.019, 0.004, 0.033, 0.004),
      tested('mtl-sm', -0.003, -0.016, 0.01, 0.61),
    ])
    const [higher, unclear, how, ...others] = verdictOf(even, 'mtl', rows)
    expect(higher).toBe('pmei scores higher than mtl: +1.9 points, 95 % interval 0.4 to 3.3, corrected p 0.008.')
    expect(unclear).toBe(
      'On 6 sentences this row cannot be told apart from mtl, which does not show that they are equal: mtl-sm (−0.3 points, 95 % interval −1.6 to 1.0, corrected p 0.61).',
    )
    expect(how).toContain('corrected by Holm over 2 comparisons')
    expect(others).toEqual([])
  })

  it('claims nothing where the interval and the corrected p disagree', () => {
    const rows = correctDifferences([
      tested('pmei', 0.01, 0.001, 0.02, 0.03),
      tested('mtl-sm', 0.01, 0.002, 0.02, 0.04),
    ])
    expect(rows.map(({ difference }) => difference && findingOf(difference))).toEqual(['disputed', 'disputed'])
    expect(verdictOf(even, 'mtl', rows)[0]).toContain('do not count it as a difference')
  })

  it('names rows below the memory floor, unequal numbers of runs, and single runs', () => {
    const text = verdictOf(tableOf(8, ['mtl', 1, 4], ['mtl', 2, 4], ['pmei', 1, 9]), 'mtl', []).join(' ')
    expect(text).toContain('mtl (40.0) lies below the memory floor of 80.0')
    expect(text).toContain('unequal numbers of runs (mtl 2 and pmei 1)')
    expect(text).toContain('pmei has one run and no deviation')
    expect(text).toContain('With fewer than five runs')
  })

  it('says nothing of a floor that all rows reach, nor where there is none', () => {
    for (const floor of [4, null])
      expect(verdictOf(tableOf(floor, ['mtl', 1, 4], ['pmei', 1, 9]), 'mtl', []).join(' ')).not.toContain('floor')
  })

  it('gives the reason for which a row is not compared', () => {
    const rows = [{ label: 'pmei', difference: null, why: 'pmei seed 1 was tuned.' }]
    expect(verdictOf(even, 'mtl', rows)).toEqual(['pmei is not compared with mtl: pmei seed 1 was tuned.'])
  })
})

describe('figures of a difference', () => {
  it('have a sign and never a signed zero', () => {
    expect([0.0194, -0.003, 0.0004, -0.0004, 0].map((share) => formatDifference(share))).toEqual([
      ...['+1.9', '−0.3', '0.0', '0.0', '0.0'],
    ])
  })

  it('show a small p as a bound', () => {
    expect([0.0001, 0.0123, 0.5].map(formatP)).toEqual(['< 0.001', '0.012', '0.50'])
  })
})

describe('rows that do not compare', () => {
  const none = Uint32Array.of(1)
  const run = (name: string, part: Partial<TestedRun> = {}): TestedRun => ({
    ...{ name, counts: { gold: none, predicted: none, correct: none }, goldKey: 'a', changedSentences: 0 },
    ...{ isTuned: false, isSelectedHere: false, ...part },
  })
  const why = (one: Partial<TestedRun>, other: Partial<TestedRun> = {}) =>
    whyNotTested({ label: 'pmei', runs: [run('pmei seed 1', one)] }, { label: 'mtl', runs: [run('mtl seed 1', other)] })

  it('are named with the way out', () => {
    expect(why({})).toBeNull()
    expect(why({ counts: null })).toMatch(/^pmei seed 1 was scored before counts .* Score again\.$/)
    expect(why({ goldKey: 'b', changedSentences: 12 })).toMatch(/^pmei seed 1 was scored before 12 sentences changed/)
    expect(why({ goldKey: 'b' })).toMatch(/^pmei seed 1 was scored on other .* gold than mtl seed 1/)
    expect(why({ isTuned: true })).toMatch(/^pmei seed 1 was scored with thresholds tuned .* Tune all runs, or none\.$/)
    expect(why({}, { isSelectedHere: true })).toMatch(/^The epoch of mtl seed 1 was selected on this very split/)
  })

  it('are compared where both have the same property', () => {
    expect(why({ isTuned: true, isSelectedHere: true }, { isTuned: true, isSelectedHere: true })).toBeNull()
    expect(why({ goldKey: 'b', changedSentences: 3 }, { goldKey: 'b', changedSentences: 3 })).toBeNull()
  })
})
