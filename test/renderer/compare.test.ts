/** Compare: curves, breakdowns and files of a comparison. */
import { describe, expect, it } from 'vitest'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { MetricPoint } from '#main/runs/run'
import { compareBreakdowns } from '#window/features/compare/breakdown-table.ts'
import { tableFileName, tableFormats } from '#window/features/compare/export-table.ts'
import { learningCurves } from '#window/features/compare/learning-curves.ts'
import { groupForComparison } from '#window/features/compare/run-groups.ts'
import { everyMode, makePoint, makeRun, scoresOf } from '../support/renderer-runs.ts'

describe('learning curves', () => {
  const points: Record<string, MetricPoint[]> = {
    'mtl-1': [makePoint(1, 4), makePoint(2, 6), makePoint(3, 7)],
    'mtl-2': [makePoint(1, 6), makePoint(2, 8)],
    'pmei-1': [makePoint(1, 9)],
  }
  const pointsOf = (runId: string): MetricPoint[] => points[runId] ?? []
  const curvesOf = (runs: Parameters<typeof groupForComparison>[0]) =>
    learningCurves(groupForComparison(runs), pointsOf, 'exact')

  it('average the seeds of a variant up to where the shortest run ends', () => {
    const [mean, ...each] = curvesOf([makeRun('mtl', 1), makeRun('mtl', 2)])
    expect(mean).toEqual({
      name: 'mtl, mean',
      points: [
        [1, 50],
        [2, 70],
      ],
      isDashed: false,
      isBold: true,
    })
    expect(each.map(({ name, isDashed }) => [name, isDashed])).toEqual([
      ['mtl, seed 1', true],
      ['mtl, seed 2', true],
    ])
  })

  it('show a single run as it is', () => {
    expect(curvesOf([makeRun('pmei', 1)])).toEqual([
      { name: 'pmei', points: [[1, 90]], isDashed: false, isBold: false },
    ])
  })

  it('leave out runs without an epoch', () => {
    expect(curvesOf([makeRun('pmei', 1), makeRun('pmei', 2)])).toHaveLength(1)
    expect(curvesOf([makeRun('mtl-sm', 1)])).toEqual([])
  })
})

describe('breakdowns', () => {
  const evaluationOf = (seen: [number, number, number], unseen: [number, number, number]): Evaluation => {
    const scores = everyMode(scoresOf(1, 1, 1))
    const rows = [
      { label: 'seen', sentences: 5, scores: scoresOf(...seen) },
      { label: 'unseen', sentences: 3, scores: scoresOf(...unseen) },
    ]
    return {
      sentences: 8,
      uniqueTriples: 9,
      triples: scores,
      earlyTriples: null,
      entities: { all: scores.exact, inTriples: scores.exact },
      breakdowns: everyMode([{ name: 'novelty', rows }]),
    }
  }

  it('average over the seeds of a label and keep the labels apart', () => {
    const [table] = compareBreakdowns(
      [
        { label: 'mtl', evaluation: evaluationOf([10, 10, 6], [4, 4, 1]) },
        { label: 'mtl', evaluation: evaluationOf([10, 10, 8], [4, 4, 3]) },
        { label: 'pmei', evaluation: evaluationOf([10, 10, 9], [4, 4, 4]) },
      ],
      'exact',
    )
    expect(table?.labels).toEqual(['mtl', 'pmei'])
    expect(table?.rows.map(({ name, gold, f1 }) => [name, gold, f1.map((value) => value?.toFixed(2))])).toEqual([
      ['seen', 10, ['0.70', '0.90']],
      ['unseen', 4, ['0.50', '1.00']],
    ])
  })

  it('say nothing where there is nothing to find', () => {
    const [table] = compareBreakdowns([{ label: 'mtl', evaluation: evaluationOf([10, 10, 6], [0, 0, 0]) }], 'exact')
    expect(table?.rows[1]?.f1).toEqual([null])
  })
})

describe('the exported file', () => {
  it('has a name every system takes', () => {
    const table = {
      ...{ corpusName: 'WebNLG*: "a/b"', split: 'test' as const, match: 'partial' as const },
      ...{ sentences: 1, uniqueTriples: 1, rows: [], remarks: [] },
    }
    expect(tableFormats.map((format) => tableFileName(table, format))).toEqual([
      'WebNLG-a-b-test-partial.md',
      'WebNLG-a-b-test-partial.tex',
      'WebNLG-a-b-test-partial.csv',
    ])
  })
})
