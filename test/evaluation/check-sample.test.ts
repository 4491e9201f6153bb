/** Check samples: drawn by chance and seed, and reported with an interval. */
import { describe, expect, it } from 'vitest'
import type { Verdict } from '#main/document/extracted-document'
import { describeReport, reportOn } from '#main/evaluation/check-report'
import { createDraw } from '#main/evaluation/check-sample'

function drawn(size: number, seed: number, byRelation: boolean, counts: Readonly<Record<string, number>>) {
  const draw = createDraw<{ relation: string; at: number }>(size, seed, byRelation)
  for (const [relation, count] of Object.entries(counts)) for (let at = 0; at < count; at++) draw.add({ relation, at })
  return { sample: draw.sample(), population: draw.population }
}

describe('a drawn sample', () => {
  it('is the same for the same seed, another for another, and never holds an item twice', () => {
    const counts = { led: 900, in: 100 }
    const { sample, population } = drawn(50, 1, false, counts)
    expect(population).toEqual(counts)
    expect(drawn(50, 1, false, counts).sample).toEqual(sample)
    expect(drawn(50, 2, false, counts).sample).not.toEqual(sample)
    expect(new Set(sample.map(({ relation, at }) => `${relation} ${at}`)).size).toBe(50)
  })

  it('holds each item equally often over many seeds', () => {
    const hits = new Array<number>(20).fill(0)
    for (let seed = 0; seed < 2000; seed++)
      for (const { at } of drawn(5, seed, false, { led: 20 }).sample) hits[at] = (hits[at] ?? 0) + 1
    // 500 each, with a deviation of 19
    for (const count of hits) expect(Math.abs(count - 500)).toBeLessThan(80)
  })

  it('by relation type has as many of each, and gives what rare ones do not fill to the others', () => {
    const { sample } = drawn(30, 3, true, { led: 900, in: 500, rare: 2 })
    const counts = Map.groupBy(sample, ({ relation }) => relation)
    expect([counts.get('rare')?.length, counts.get('in')?.length, counts.get('led')?.length]).toEqual([2, 14, 14])
    // not in the order of the types, so that the first ones judged are a sample, too
    expect(new Set(sample.slice(0, 8).map(({ relation }) => relation)).size).toBeGreaterThan(1)
  })

  it('is all there is where that is less than asked for', () => {
    expect(drawn(50, 1, false, { led: 7 }).sample).toHaveLength(7)
  })
})

function judged(relation: string, verdicts: readonly (Verdict | null)[], calibratedProbability?: number) {
  const promise = calibratedProbability === undefined ? {} : { calibratedProbability }
  return verdicts.map((verdict) => ({ triple: { relation, ...promise }, verdict }))
}

const times = (count: number, verdict: Verdict | null) => new Array<Verdict | null>(count).fill(verdict)

describe('the report on a sample', () => {
  it('has the precision of what is decided, with the interval of Wilson', () => {
    const all = judged(
      'led',
      [...times(18, 'right'), ...times(2, 'wrong'), ...times(3, 'unsure'), ...times(4, null)],
      0.95,
    )
    const report = reportOn({ byRelation: false, population: { led: 400 } }, all)
    expect(report.all).toMatchObject({ right: 18, wrong: 2, unsure: 3, open: 4, precision: 0.9 })
    expect([report.all.low, report.all.high]).toEqual([expect.closeTo(0.699, 3), expect.closeTo(0.9721, 3)])
    expect(report.all.promised).toBeCloseTo(0.95, 12)
    expect(describeReport(report, 0.98)).toBe(
      'Precision 90.0 % (69.9 % to 97.2 %, 95 %) of 20 judged triples; 3 unsure left out. Calibration promised 95.0 %, which agrees with it. Asked for: 98.0 %, which the sample contradicts.',
    )
  })

  it('by relation type weighs each by its number of triples, and is less sure than as many drawn from all', () => {
    const sample = [...judged('led', times(10, 'right'), 0.9), ...judged('in', times(10, 'wrong'), 0.8)]
    const report = reportOn({ byRelation: true, population: { led: 900, in: 100 } }, sample)
    expect(report.all.precision).toBeCloseTo(0.9, 12)
    expect(report.all.promised).toBeCloseTo(0.89, 12)
    expect(report.byRelation.map(({ relation, precision, triples }) => [relation, precision, triples])).toEqual([
      ['in', 0, 100],
      ['led', 1, 900],
    ])
    // effective size: 1 / (0.81 / 10 + 0.01 / 10) = 12.2
    expect(report.all.high - report.all.low).toBeGreaterThan(0.3)
  })

  it('says that nothing is decided, and promises nothing for triples without a calibrated probability', () => {
    const nothing = reportOn({ byRelation: false, population: {} }, judged('led', times(3, null), 0.5))
    expect(nothing.all).toMatchObject({ precision: null, low: 0, high: 1, promised: null })
    expect(describeReport(nothing, null)).toBe('No triple is judged right or wrong yet.')
    expect(reportOn({ byRelation: false, population: {} }, judged('led', times(3, 'right'))).all.promised).toBeNull()
  })
})
