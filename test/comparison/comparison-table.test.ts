/** The comparison: one row per configuration, spread over seeds, and remarks that say what must not be read into it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRuns } from '#main/comparison/comparison-table'
import type { ComparedRun, ComparisonFrame } from '#main/comparison/compared-run'
import { spreadOf } from '#main/evaluation/mean'
import { toScores } from '#main/evaluation/scores'
import { defaultLstm, type EncoderConfig } from '#main/runs/config'
import { tinyBert } from '../support/bert-folder.ts'
import { comparedRun, configOf, evaluationOf } from '../support/compared-runs.ts'

const frame: ComparisonFrame = {
  corpusName: 'people',
  split: 'test',
  match: 'exact',
  floor: { fraction: 0.45, scores: toScores(10, 8, 4) },
  oracle: toScores(10, 9, 9),
}

const compare = (runs: readonly ComparedRun[], part: Partial<ComparisonFrame> = {}) =>
  compareRuns(runs, { ...frame, ...part })
const remarksOf = (runs: readonly ComparedRun[], part: Partial<ComparisonFrame> = {}): string =>
  compare(runs, part).remarks.join(' ')

describe('rows', () => {
  it('stand one per variant in the order of the runs, then the floor, then the oracle', () => {
    const { rows } = compare([comparedRun('pmei', 1, 9), comparedRun('mtl', 1, 7), comparedRun('pmei', 2, 8)])
    expect(rows.map(({ label, kind, runIds }) => [label, kind, runIds])).toEqual([
      ['pmei', 'variant', ['pmei-1', 'pmei-2']],
      ['mtl', 'variant', ['mtl-1']],
      ['memory floor', 'floor', []],
      ['oracle', 'oracle', []],
    ])
  })

  it('have the ceiling of a family that finds triples whole below the oracle of tags and cells', () => {
    const { rows, remarks } = compare([comparedRun('pmei', 1, 9)], {
      wholeOracles: [{ family: 'grid', scores: toScores(10, 10, 10) }],
    })
    expect(rows.slice(-2).map(({ label, kind, f1 }) => [label, kind, f1.mean.toFixed(2)])).toEqual([
      ['oracle', 'oracle', '0.95'],
      ['oracle of grid', 'oracle', '1.00'],
    ])
    expect(remarks.join(' ')).toContain('the oracle of grid is the score of its own perfect outputs')
  })

  it('hold mean and sample deviation over the seeds, and every run beside them', () => {
    const [row] = compare([comparedRun('pmei', 1, 6), comparedRun('pmei', 2, 9), comparedRun('pmei', 3, 9)]).rows
    // mean 0.8; squares 0.04 + 0.01 + 0.01 over n-1 = 2 give sqrt(0.03)
    expect(row?.f1.mean).toBeCloseTo(0.8)
    expect(row?.f1.deviation).toBeCloseTo(Math.sqrt(0.03))
    expect(row?.secondsPerEpoch).toEqual({ mean: 4, deviation: 2 })
    expect(row?.each.map(({ name, f1 }) => [name, f1.toFixed(1)])).toEqual([
      ['pmei seed 1', '0.6'],
      ['pmei seed 2', '0.9'],
      ['pmei seed 3', '0.9'],
    ])
  })

  it('score seen and unseen triples apart, and say nothing where there are none', () => {
    const [row] = compare([comparedRun('pmei', 1, 9)]).rows
    expect([row?.seenF1, row?.unseenF1]).toEqual([
      { mean: 1, deviation: null },
      { mean: 0.5, deviation: null },
    ])
    const allSeen = evaluationOf(toScores(10, 10, 9), [{ label: 'unseen', sentences: 0, scores: toScores(0, 3, 0) }])
    const [bare] = compare([comparedRun('pmei', 1, 9, { evaluation: allSeen, secondsPerEpoch: null })]).rows
    expect([bare?.seenF1, bare?.unseenF1, bare?.secondsPerEpoch]).toEqual([null, null, null])
  })

  it('keep encoders of other sizes or weights apart, and copies of one folder together', () => {
    const base = configOf('pmei', 1)
    const withEncoder = (encoder: EncoderConfig) =>
      comparedRun('pmei', 1, 9, { config: { ...base, model: { ...base.model, encoder } } })
    const bert = tinyBert(true)
    const elsewhere = { ...bert, source: { ...bert.source, folder: 'elsewhere' } }
    const encoders = [defaultLstm, { ...defaultLstm, hidden: 50 }, bert, elsewhere, tinyBert(false)]
    const labels = compare(encoders.map(withEncoder)).rows.flatMap(({ label, each }) =>
      each.length > 0 ? [label] : [],
    )
    expect(labels).toHaveLength(4)
    expect(labels[1]).toContain('LSTM units per direction 50')
    expect(labels[2]).toContain('encoder bert aaaaaaaa')
    expect(labels[3]).toContain('frozen false')
  })

  it('keep settings, data and starting weights apart, and name only what differs', () => {
    const labels = compare([
      comparedRun('pmei', 1, 9),
      comparedRun('pmei', 2, 9, { config: configOf('pmei', 2, { dropout: 0.5 }) }),
      comparedRun('pmei', 3, 9, { fromRunId: 'e3b0c442-98fc' }),
      comparedRun('mtl', 1, 9),
    ]).rows.map(({ label }) => label)
    expect(labels.slice(0, 4)).toEqual([
      'pmei (input dropout 0.3, start fresh)',
      'pmei (input dropout 0.5, start fresh)',
      'pmei (input dropout 0.3, start e3b0c442)',
      'mtl',
    ])
  })

  it('do not tell runs apart by what changes no result', () => {
    const other = { ...configOf('pmei', 2), backend: 'tensorflow', threads: 8 } as const
    const { rows } = compare([comparedRun('pmei', 1, 9), comparedRun('pmei', 2, 9, { config: other })])
    expect(rows.filter(({ kind }) => kind === 'variant')).toHaveLength(1)
  })
})

describe('remarks', () => {
  const three = [comparedRun('pmei', 1, 9), comparedRun('pmei', 2, 8), comparedRun('pmei', 3, 8)]

  it('state the match rule, the floor and the oracle, and nothing more where nothing is amiss', () => {
    const { remarks } = compare(three)
    expect(remarks).toHaveLength(3)
    expect(remarks[0]).toContain('both full strings and the relation type agree')
    expect(remarks[1]).toContain('at least 45 % of the sentences')
  })

  it('name runs of one seed in one row', () => {
    const twin = comparedRun('pmei', 1, 9, { runId: 'again' })
    expect(remarksOf([...three, twin])).toContain('Runs of pmei share a seed')
  })

  it('name what was selected on test', () => {
    const config = configOf('pmei', 1, { selectOn: 'test' })
    const { remarks } = compare([comparedRun('pmei', 1, 9, { config }), comparedRun('mtl', 1, 8)])
    expect(remarks.join(' ')).toMatch(/selected on the test split.*too high: pmei seed 1\./)
    expect(remarks.join(' ')).not.toContain('never on test')
  })

  it('name runs whose thresholds were tuned, where others were not or the split is what they were tuned on', () => {
    const runs = [comparedRun('pmei', 1, 9, { isTuned: true }), comparedRun('mtl', 1, 8)]
    expect(remarksOf(runs)).toContain('Only these runs were scored with thresholds tuned on dev: pmei seed 1.')
    expect(remarksOf(runs, { split: 'dev' })).toContain('so their scores here are too high: pmei seed 1.')
  })

  it('name what was trained on other data, or not to its end', () => {
    expect(remarksOf([...three, comparedRun('mtl', 1, 7, { trainSha256: 'b'.repeat(64) })])).toContain(
      'different states of the train split',
    )
    expect(remarksOf([...three, comparedRun('mtl', 1, 7, { isFinished: false })])).toContain(
      'best checkpoint so far: mtl seed 1.',
    )
  })

  it('say why there is no memory floor', () => {
    expect(compare(three, { floor: null }).rows.map(({ kind }) => kind)).toEqual(['variant', 'oracle'])
    expect(remarksOf(three, { floor: null, match: 'cell' })).toContain('none for cell matching')
    expect(remarksOf(three, { floor: null, split: 'train' })).toContain('no memory floor for the train split')
    expect(remarksOf(three, { floor: null })).toContain('the train split is empty')
  })
})

it('the deviation does not depend on the order or the level of the values', () => {
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(values, (some) => {
      const { mean, deviation } = spreadOf(some)
      expect(mean).toBeGreaterThanOrEqual(Math.min(...some) - 1e-12)
      expect(mean).toBeLessThanOrEqual(Math.max(...some) + 1e-12)
      expect(spreadOf(some.toReversed()).deviation).toBeCloseTo(deviation ?? NaN, 10)
      expect(spreadOf(some.map((value) => value + 1)).deviation).toBeCloseTo(deviation ?? NaN, 10)
    }),
  )
})
