/** Charts: every figure that is drawn follows from runs and predictions as a hand computes it. */
import { describe, expect, it } from 'vitest'
import { breakdownBars, breakdownIntervals } from '#main/comparison/charts/breakdown-bars'
import type { SeriesChart } from '#main/comparison/charts/chart'
import { csvOfChart, tableOfChart } from '#main/comparison/charts/chart-table'
import type { ChartedRow, ChartedRun } from '#main/comparison/charts/charted-run'
import { confusionChart, confusionOf } from '#main/comparison/charts/confusion'
import { divergenceCurves, learningCurves, lossCurves } from '#main/comparison/charts/learning-curves'
import { precisionRecall, reliabilityChart, runProbabilities } from '#main/comparison/charts/probability-charts'
import { sweepChart, sweptSettings, usualValueOf } from '#main/comparison/charts/sweep'
import { runSteps } from '#main/core/steps'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { evaluate } from '#main/evaluation/evaluate'
import { toScores } from '#main/evaluation/scores'
import type { MetricPoint } from '#main/runs/run'
import { configOf, evaluationOf } from '../support/compared-runs.ts'
import { labelled, predicted } from '../support/labelled-sentences.ts'
import { makePoint } from '../support/renderer-runs.ts'

const run = (seed: number, points: readonly MetricPoint[], part: Partial<ChartedRun> = {}): ChartedRun => ({
  ...{ runId: `mtl-${seed}`, name: `mtl seed ${seed}`, config: configOf('mtl', seed), points, scores: null },
  ...part,
})
const pointsOf = ({ series }: SeriesChart, at = 0) => series[at]?.points

describe('curves over epochs', () => {
  const rows: ChartedRow[] = [
    {
      label: 'mtl',
      runs: [run(1, [makePoint(1, 4), makePoint(2, 6), makePoint(3, 7)]), run(2, [makePoint(1, 6), makePoint(2, 8)])],
    },
    { label: 'pmei', runs: [run(3, [makePoint(1, 9, { klEntity: 0.5 })])] },
    { label: 'untrained', runs: [run(4, [])] },
  ]

  it('are means with a band of one deviation, up to where the shortest run of a row ends', () => {
    const chart = learningCurves(rows, 'exact')
    expect(chart.series.map(({ name, hue }) => [name, hue])).toEqual([
      ['mtl', 0],
      ['pmei', 1],
    ])
    const [first, second, third] = pointsOf(chart) ?? []
    expect([first?.x, first?.y, second?.y, third]).toEqual([1, 50, 70, undefined])
    expect(first?.high).toBeCloseTo(50 + Math.sqrt(200), 10)
    expect(first?.low).toBeCloseTo(50 - Math.sqrt(200), 10)
    expect(pointsOf(chart, 1)).toEqual([{ x: 1, y: 90 }])
  })

  it('show every run of a row in its hue where that is asked for', () => {
    const names = learningCurves(rows, 'exact', true).series.map(({ name, hue, line }) => [name, hue, line])
    expect(names.slice(0, 3)).toEqual([
      ['mtl', 0, 'solid'],
      ['mtl seed 1', 0, 'dotted'],
      ['mtl seed 2', 0, 'dotted'],
    ])
  })

  it('leave out what a variant has not', () => {
    expect(lossCurves(rows, 'earlyEntity').series).toEqual([])
    expect(divergenceCurves(rows).series.map(({ name }) => name)).toEqual(['pmei, entities'])
  })

  it('stand in a table and a CSV with their bounds', () => {
    const chart = learningCurves(rows, 'exact')
    expect(tableOfChart(chart).head).toEqual(['epoch', 'mtl', 'mtl, mean − SD', 'mtl, mean + SD', 'pmei'])
    expect(csvOfChart(chart).split('\r\n')[1]).toMatch(/^1,50,35\.8\d+,64\.1\d+,90$/)
  })
})

describe('a sweep', () => {
  const swept = (alpha: number, seed: number, correct: number, hidden = 100): ChartedRun => {
    const config = configOf('mtl', seed, { alpha })
    const encoder = config.model.encoder
    const sized =
      encoder.kind === 'lstm' ? { ...config, model: { ...config.model, encoder: { ...encoder, hidden } } } : config
    return run(seed, [], { config: sized, scores: evaluationOf(toScores(10, 10, correct)) })
  }
  const runs = [swept(0.1, 1, 6), swept(0.1, 2, 8), swept(0.001, 1, 4), swept(0.1, 1, 9, 200)]

  it('finds the settings that vary and holds the others at the value that most runs have', () => {
    expect(sweptSettings(runs).map(({ setting, values }) => [setting.name, values])).toEqual([
      ['hidden', [100, 200]],
      ['alpha', [0.001, 0.1]],
    ])
    const hidden = sweptSettings(runs).find(({ setting }) => setting.name === 'hidden')
    expect(hidden && usualValueOf(runs, hidden)).toBe('100')
  })

  it('draws both match modes over a logarithmic axis and names what is held', () => {
    const choice = { name: 'alpha', fixed: { hidden: '100' }, modes: ['exact', 'partial'] as const, split: 'dev' }
    const chart = sweepChart(runs, choice)
    expect(chart?.title).toBe('F1 on dev by alpha, with LSTM units per direction 100')
    expect(chart?.x.scale).toBe('log')
    expect(chart?.series.map(({ name, line, hue }) => [name, line, hue])).toEqual([
      ['mtl, exact', 'solid', 0],
      ['mtl, partial', 'dashed', 0],
    ])
    expect(chart && pointsOf(chart)?.map(({ x, y }) => [x, Math.round(y)])).toEqual([
      [0.001, 40],
      [0.1, 70],
    ])
  })

  it('is none of a setting that does not vary', () => {
    const choice = { name: 'epochs', fixed: {}, modes: ['exact'] as const, split: 'dev' }
    expect(sweepChart(runs, choice)).toBeNull()
  })
})

const spans = [
  [0, 1, 'PER'],
  [2, 3, 'ORG'],
] as const
const sentences: LabelledSentence[] = [
  ['Ada led Hask', 'led'],
  ['Ben led Lorn', 'led'],
  ['Cem left Dorn', 'left'],
].map(([text = '', type = ''], at) => ({ ...labelled(text, spans, [[0, type, 1]]), sentenceId: at }))
const right = (type: string) => predicted(3, spans, [[0, type, 1]])
const good = [right('led'), right('led'), right('left')]
const poor = [
  right('led'),
  predicted(
    3,
    [
      [0, 1, 'ORG'],
      [2, 3, 'ORG'],
    ],
    [],
  ),
  right('led'),
]

describe('breakdowns with intervals', () => {
  const found = runSteps(breakdownIntervals({ sentences, trainTriples: [], rows: [[good], [poor, good]] }, 'exact'))
  const byName = (name: string) => found.find((one) => one.name === name)

  it('have the F1 of the evaluation, as a mean over the runs of a row', () => {
    const [figures] = byName('novelty')?.groups.filter(({ label }) => label === 'unseen') ?? []
    const ofPoor = evaluate({ sentences, predictions: poor, train: [] }).triples.exact.f1
    expect(figures).toMatchObject({ sentences: 3, gold: 3 })
    expect(figures?.figures[0]).toEqual({ f1: 1, low: 1, high: 1 })
    expect(figures?.figures[1]?.f1).toBeCloseTo((ofPoor + 1) / 2, 12)
    expect(figures?.figures[1]?.low).toBeLessThan(ofPoor)
    expect(figures?.figures[1]?.high).toBe(1)
  })

  it('say nothing of a group without gold and predictions', () => {
    expect(byName('novelty')?.groups.find(({ label }) => label === 'seen')?.figures).toEqual([null, null])
    const bars = breakdownBars(byName('novelty') ?? { name: '', groups: [] }, ['good', 'mixed'], 'exact')
    expect(bars.x).toMatchObject({ categories: ['unseen'], sizes: ['3 sentences, 3 triples'] })
    expect(tableOfChart(bars).rows[0]?.slice(0, 5)).toEqual(['unseen', '3 sentences, 3 triples', 100, 100, 100])
  })
})

describe('probabilities', () => {
  const runs = [runProbabilities(sentences, poor, 'exact')]

  it('are counted from each threshold on, with their precision against their recall', () => {
    const at = (threshold: number) => runs[0]?.counts.find((one) => one.threshold === threshold)
    expect(at(0.9)).toEqual({ threshold: 0.9, predicted: 2, correct: 1 })
    expect(at(0.95)).toEqual({ threshold: 0.95, predicted: 0, correct: 0 })
    const chart = precisionRecall([{ label: 'poor', runs }], 'exact', 'dev')
    expect(pointsOf(chart)?.at(-1)).toEqual({ x: expect.closeTo(100 / 3, 10) as number, y: 50, at: 0.9 })
    expect(tableOfChart(chart).head).toEqual(['', 'threshold', 'recall in percent', 'precision in percent'])
  })

  it('are right as often as stated on the diagonal, which is in no table', () => {
    const chart = reliabilityChart([{ label: 'poor', runs }], 'exact', 'dev')
    expect(pointsOf(chart)).toMatchObject([{ y: 50, at: 2 }])
    expect(tableOfChart(chart).rows).toHaveLength(1)
  })
})

describe('a confusion', () => {
  const cells = confusionOf(sentences, poor, 'exact')

  it('counts right, confused, missed and invented labels once each', () => {
    expect(cells.relations).toEqual([
      { row: 'led', column: 'led', count: 1 },
      { row: 'led', column: 'none', count: 1 },
      { row: 'left', column: 'led', count: 1 },
    ])
    expect(cells['entity types']).toContainEqual({ row: 'PER', column: 'ORG', count: 1 })
  })

  it('adds up to the gold and to the predictions', () => {
    const sum = (isMeant: (row: string, column: string) => boolean): number =>
      cells.relations.filter(({ row, column }) => isMeant(row, column)).reduce((total, { count }) => total + count, 0)
    expect([sum((row) => row !== 'none'), sum((_, column) => column !== 'none')]).toEqual([3, 2])
  })

  it('lists errors before what is right, and draws the labels with most errors', () => {
    const chart = confusionChart(cells.relations, 'relations', { name: 'mtl seed 1', split: 'dev', mode: 'exact' })
    expect(tableOfChart(chart).rows.at(-1)).toEqual(['led', 'led', 1])
    expect(chart.shown).toEqual(['led', 'left', 'none'])
  })
})
