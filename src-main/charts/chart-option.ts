/** The ECharts option of a chart. */
import type { Axis, Chart, ChartSeries, SeriesChart } from '#main/comparison/charts/chart'
import { showFigure } from '#main/comparison/charts/chart-table'
import { bandOf, barsOf, lineOf } from './drawn-series.ts'
import { gridOption } from './grid-option.ts'
import type { ChartOption, DrawnIn, DrawnSeries } from './option-types.ts'

export function chartOption(chart: Chart, drawn: DrawnIn): ChartOption {
  return chart.kind === 'grid' ? gridOption(chart, drawn) : seriesOption(chart, drawn)
}

function seriesOption(chart: SeriesChart, drawn: DrawnIn): ChartOption {
  const { series, x, y, kind } = chart
  const { palette, fontFamily } = drawn
  const text = { color: palette('ink-2'), fontFamily, fontSize: 11 }
  const isCategory = x.scale === 'category'
  const named = series.filter(({ isGuide }) => isGuide !== true)
  const drawnOf = (one: ChartSeries, at: number): DrawnSeries[] =>
    kind === 'bars'
      ? barsOf(one, { at, count: named.length, palette })
      : [lineOf(one, palette), ...bandOf(one, palette)] // a legend shows the first of a name
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: {
      left: 56,
      right: 20,
      top: 20 + 16 * legendLines(named.map(({ name }) => name)),
      bottom: isCategory ? roomBelow(x) : 44,
    },
    legend: {
      ...{ top: 0, left: 0, itemWidth: 36, itemHeight: 8, textStyle: text, inactiveColor: palette('line-strong') },
      data: named.map(({ name }) => name),
    },
    tooltip: {
      ...{ trigger: kind === 'bars' ? 'axis' : 'item', renderMode: 'richText', confine: true },
      ...{
        backgroundColor: palette('surface'),
        borderColor: palette('line'),
        textStyle: { ...text, color: palette('ink') },
      },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? showFigure(value) : ''),
    },
    xAxis: axisOf(x, drawn, 26),
    yAxis: axisOf(y, drawn, 40),
    series: series.flatMap(drawnOf),
  }
}

/** Number of lines that a legend takes in a chart of usual width. */
function legendLines(names: readonly string[]): number {
  const letters = names.reduce((sum, name) => sum + name.length + 9, 0)
  return Math.max(1, Math.ceil(letters / 95))
}

/** Height that the names of places take, in pixels. */
function roomBelow({ categories = [], sizes = [] }: Axis): number {
  if (isShort(categories)) return 16 + lineHeight * (1 + Math.max(0, ...sizes.map((size) => size.split(', ').length)))
  const longest = Math.max(...categories.map(({ length }) => length))
  return 20 + Math.sin((turned * Math.PI) / 180) * Math.min(widest, 6.5 * longest)
}

/** Pixels of a line of names. */
const lineHeight = 15
/** Degrees by which names are turned that have no room beside each other. */
const turned = 40
/** Pixels after which a turned name is cut. */
const widest = 130

/** Do the names of places have room beside each other, so that their sizes stand below them? */
const isShort = (categories: readonly string[]): boolean => categories.length <= 6

function placesOf({ categories = [], sizes = [] }: Axis): string[] {
  if (!isShort(categories)) return [...categories]
  return categories.map((name, at) => [name, ...(sizes[at]?.split(', ') ?? [])].join('\n'))
}

function axisOf(axis: Axis, { palette, fontFamily }: DrawnIn, nameGap: number) {
  const { label, scale, categories = [], least, most, neverBelow } = axis
  const text = { color: palette('ink-2'), fontFamily, fontSize: 11 }
  const common = {
    ...{ nameLocation: 'middle' as const, nameGap, nameTextStyle: text },
    axisLine: { show: true, lineStyle: { color: palette('line-strong') } },
    axisTick: { lineStyle: { color: palette('line-strong') } },
    splitLine: { lineStyle: { color: palette('line') } },
  }
  if (scale === 'category')
    return {
      ...{ ...common, type: 'category' as const, data: placesOf(axis), splitLine: { show: false } },
      axisLabel: isShort(categories)
        ? { ...text, interval: 0, lineHeight }
        : { ...text, interval: 0, rotate: turned, width: widest, overflow: 'truncate' as const },
    }
  const limits = { ...(least !== undefined && { min: least }), ...(most !== undefined && { max: most }) }
  const floor = neverBelow !== undefined && {
    min: ({ min }: { min: number }) => (min < neverBelow ? neverBelow : null),
  }
  return {
    ...{ ...common, ...floor, ...limits, name: label, scale: true },
    type: scale === 'log' ? ('log' as const) : ('value' as const),
    axisLabel: { ...text, hideOverlap: true, formatter: (value: number) => showFigure(value) },
  }
}
