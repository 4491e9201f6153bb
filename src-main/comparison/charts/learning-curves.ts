/** Curves over epochs: F1 on dev, the parts of the loss, and the divergence of the maps, a hue for each row. */
import type { MatchMode } from '#main/evaluation/match-mode'
import { scoresIn, type LossParts, type MetricPoint } from '#main/runs/run'
import { bandAt, bandBounds, bandNote } from './band.ts'
import type { ChartPoint, ChartSeries, SeriesChart } from './chart.ts'
import type { ChartedRow } from './charted-run.ts'

const epochs = { label: 'epoch', scale: 'linear', least: 1 } as const

export function learningCurves(rows: readonly ChartedRow[], match: MatchMode, isEachShown = false): SeriesChart {
  const valueOf = ({ dev }: MetricPoint): number | null => {
    const scores = scoresIn(dev, match)
    return scores ? 100 * scores.f1 : null
  }
  return {
    ...{ kind: 'lines', name: 'learning-curves', title: `F1 on dev by epoch, ${match}`, x: epochs, bounds: bandBounds },
    y: { label: 'F1 in percent', scale: 'linear', neverBelow: 0 },
    series: rows.flatMap((row, hue) => [
      ...meanSeries(row, hue, row.label, valueOf),
      ...(isEachShown && row.runs.length > 1 ? singleSeries(row, hue, valueOf) : []),
    ]),
    notes: [bandNote, endNote],
  }
}

const endNote = 'A mean ends where its shortest run ends.'

export const lossParts = {
  total: 'total',
  entity: 'entities',
  relation: 'relations',
  earlyEntity: 'early entities',
  earlyRelation: 'early relations',
} as const satisfies Partial<Record<keyof LossParts, string>>
export type ShownLoss = keyof typeof lossParts

export function lossCurves(rows: readonly ChartedRow[], part: ShownLoss): SeriesChart {
  return {
    ...{ kind: 'lines', name: `loss-${lossParts[part].replace(' ', '-')}`, x: epochs, bounds: bandBounds },
    title: `Loss per sentence by epoch, ${lossParts[part]}`,
    y: { label: 'loss', scale: 'log' },
    series: rows.flatMap((row, hue) => meanSeries(row, hue, row.label, ({ losses }) => aboveZero(losses[part]))),
    notes: [bandNote, endNote, 'A part of the loss that a variant does not have is left out.'],
  }
}

export function divergenceCurves(rows: readonly ChartedRow[]): SeriesChart {
  const tasks = [
    ['klEntity', 'entities', 'solid'],
    ['klRelation', 'relations', 'dashed'],
  ] as const
  return {
    ...{
      kind: 'lines',
      name: 'divergence',
      title: 'KL divergence of the maps by epoch',
      x: epochs,
      bounds: bandBounds,
    },
    y: { label: 'KL per sentence', scale: 'log' },
    series: rows.flatMap((row, hue) =>
      tasks.flatMap(([part, task, line]) =>
        meanSeries(row, hue, `${row.label}, ${task}`, ({ losses }) => aboveZero(losses[part]), line),
      ),
    ),
    notes: [bandNote, endNote, 'Variants without a stochastic map have no divergence.'],
  }
}

/** A logarithmic scale has no place for zero. */
const aboveZero = (value: number): number | null => (value > 0 ? value : null)

type ValueOf = (point: MetricPoint) => number | null

/** The mean over the runs of a row, up to the end of the shortest; nothing where no run has a value. */
function meanSeries(
  { runs }: ChartedRow,
  hue: number,
  name: string,
  valueOf: ValueOf,
  line: ChartSeries['line'] = 'solid',
): ChartSeries[] {
  const trained = runs.map(({ points }) => points).filter(({ length }) => length > 0)
  const shortest = Math.min(...trained.map(({ length }) => length))
  const points = (trained[0] ?? []).slice(0, shortest).flatMap(({ epoch }, at): ChartPoint[] => {
    const values = trained.flatMap((own) => (own[at] ? (valueOf(own[at]) ?? []) : []))
    return values.length === 0 ? [] : [bandAt(epoch, values)]
  })
  return points.length === 0 ? [] : [{ name, hue, line, points }]
}

function singleSeries({ label, runs }: ChartedRow, hue: number, valueOf: ValueOf): ChartSeries[] {
  return runs.map(({ name, points, config }) => ({
    ...{ hue, line: 'dotted' as const },
    name: name.startsWith(label) ? name : `${label}, seed ${config.training.seed}`,
    points: points.flatMap((point) => {
      const y = valueOf(point)
      return y === null ? [] : [{ x: point.epoch, y }]
    }),
  }))
}
