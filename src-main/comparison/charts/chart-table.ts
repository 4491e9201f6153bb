/** The table of a chart: every figure that is drawn, to read by keyboard, to save and to compute with. */
import { csvText } from '#main/text/csv'
import type { Chart, ChartPoint, ChartSeries, GridChart, SeriesChart } from './chart.ts'

export interface ChartTable {
  readonly head: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

export function tableOfChart(chart: Chart): ChartTable {
  return chart.kind === 'grid' ? tableOfGrid(chart) : tableOfSeries(chart)
}

function tableOfGrid({ rowLabel, columnLabel, cells }: GridChart): ChartTable {
  const isRight = ({ row, column }: { row: string; column: string }): number => Number(row === column)
  const sorted = cells.toSorted((a, b) => isRight(a) - isRight(b) || b.count - a.count)
  return {
    head: [rowLabel, columnLabel, 'count'],
    rows: sorted.map(({ row, column, count }) => [row, column, count]),
  }
}

/** A row for each place on the x axis, or for each point where places are those of a third scale. */
function tableOfSeries(chart: SeriesChart): ChartTable {
  const series = chart.series.filter(({ isGuide }) => isGuide !== true)
  return chart.atLabel === undefined ? byPlace(chart, series) : byPoint(chart, chart.atLabel, series)
}

function byPlace({ x, bounds = ['low', 'high'] }: SeriesChart, series: readonly ChartSeries[]): ChartTable {
  const places = [...new Set(series.flatMap(({ points }) => points.map((point) => point.x)))].sort((a, b) => a - b)
  const found = series.map(({ name, points }) => ({
    name,
    byX: new Map(points.map((point) => [point.x, point])),
    hasBounds: points.some(({ low }) => low !== undefined),
  }))
  const titlesOf = ({ name, hasBounds }: (typeof found)[number]): string[] =>
    hasBounds ? [name, ...bounds.map((bound) => `${name}, ${bound}`)] : [name]
  const figuresOf = (point: ChartPoint | undefined, hasBounds: boolean): (number | null)[] =>
    [point?.y, ...(hasBounds ? [point?.low, point?.high] : [])].map((value) => value ?? null)
  return {
    head: [x.label, ...(x.sizes ? ['size'] : []), ...found.flatMap(titlesOf)],
    rows: places.map((place) => [
      x.categories?.[place] ?? place,
      ...(x.sizes ? [x.sizes[place] ?? null] : []),
      ...found.flatMap(({ byX, hasBounds }) => figuresOf(byX.get(place), hasBounds)),
    ]),
  }
}

function byPoint({ x, y, bounds }: SeriesChart, atLabel: string, series: readonly ChartSeries[]): ChartTable {
  return {
    head: ['', atLabel, x.label, y.label, ...(bounds ?? [])],
    rows: series.flatMap(({ name, points }) =>
      points.map((point) => [
        ...[name, point.at ?? null, point.x, point.y],
        ...(bounds ? [point.low ?? null, point.high ?? null] : []),
      ]),
    ),
  }
}

/** A figure of a table as it is shown: four digits; places and counts are whole. */
export function showFigure(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'string' || Number.isInteger(value)) return String(value)
  return Math.abs(value) < 0.001 ? value.toExponential(2) : String(Number(value.toPrecision(4)))
}

export function csvOfChart(chart: Chart): string {
  const { head, rows } = tableOfChart(chart)
  return csvText([head, ...rows])
}
