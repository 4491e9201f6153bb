/** The series of a chart as ECharts draws them: lines, bands, bars and whiskers. */
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { ChartSeries } from '#main/comparison/charts/chart'
import { hueOf, type Palette } from './palette.ts'

export function lineOf({ name, hue, line, points, isGuide }: ChartSeries, palette: Palette): LineSeriesOption {
  const color = hueOf(palette, hue)
  return {
    ...{ type: 'line', name, data: points.map(({ x, y }) => [x, y]), silent: isGuide === true },
    ...{ symbol: 'circle', symbolSize: points.length > 40 ? 0 : 5, showSymbol: isGuide !== true },
    itemStyle: { color },
    lineStyle: { color, width: line === 'dotted' ? 1.25 : 2, type: line },
  }
}

/** The band around a line as one shape; nothing where no point has bounds. */
export function bandOf({ name, hue, points }: ChartSeries, palette: Palette): CustomSeriesOption[] {
  const bounded = points.flatMap(({ x, low, high }) =>
    low === undefined || high === undefined ? [] : [{ x, low, high }],
  )
  if (bounded.length === 0) return []
  const fill = hueOf(palette, hue)
  return [
    {
      ...{ type: 'custom', name, silent: true, z: 1, itemStyle: { color: fill } },
      tooltip: { show: false },
      data: bounded.map(({ x, low, high }) => [x, low, high]),
      encode: { x: 0, y: [1, 2] },
      renderItem(params, api) {
        if (params.dataIndex > 0) return undefined
        const upper = bounded.map(({ x, high }) => api.coord([x, high]))
        const lower = bounded.map(({ x, low }) => api.coord([x, low])).reverse()
        const [only] = upper
        if (bounded.length === 1 && only && lower[0])
          return {
            type: 'line',
            shape: lineBetween(only, lower[0]),
            style: { stroke: fill, lineWidth: 2, opacity: 0.5 },
          }
        // bounds of a logarithmic axis may lie below zero, where it has no place
        const points = [...upper, ...lower].filter((place) => place.every(Number.isFinite))
        return { type: 'polygon', shape: { points }, style: { fill, opacity: 0.16 }, clipPath: areaOf(params.coordSys) }
      },
    },
  ]
}

/** The bars of a series, and a whisker on each whose bounds differ. */
export function barsOf(
  { name, hue, points }: ChartSeries,
  { at, count, palette }: { readonly at: number; readonly count: number; readonly palette: Palette },
): (BarSeriesOption | CustomSeriesOption)[] {
  const color = hueOf(palette, hue)
  const gaps = { barGap: '10%', barCategoryGap: '30%' }
  const bounded = points.flatMap(({ x, low, high }) =>
    low === undefined || high === undefined || low === high ? [] : [[x, low, high]],
  )
  return [
    { ...gaps, type: 'bar', name, data: points.map(({ x, y }) => [x, y]), itemStyle: { color, opacity: 0.75 } },
    {
      ...{ type: 'custom', name, silent: true, z: 3, data: bounded, encode: { x: 0, y: [1, 2] }, itemStyle: { color } },
      tooltip: { show: false },
      renderItem(_, api) {
        const place = api.barLayout({ ...gaps, count })?.[at]
        const [x, low, high] = [api.value(0), api.value(1), api.value(2)]
        const [top = [], bottom = []] = [api.coord([x, high]), api.coord([x, low])]
        const middle = (top[0] ?? 0) + (place?.offsetCenter ?? 0)
        const style = { stroke: palette('ink'), lineWidth: 1 }
        const across = (y = 0) => ({
          type: 'line' as const,
          shape: { x1: middle - 3, x2: middle + 3, y1: y, y2: y },
          style,
        })
        const upright = { x1: middle, x2: middle, y1: top[1] ?? 0, y2: bottom[1] ?? 0 }
        return { type: 'group', children: [{ type: 'line', shape: upright, style }, across(top[1]), across(bottom[1])] }
      },
    },
  ]
}

function lineBetween([x1 = 0, y1 = 0]: readonly number[], [x2 = 0, y2 = 0]: readonly number[]) {
  return { x1, y1, x2, y2 }
}

/** The part of the drawing between the axes, over which nothing may stand. */
function areaOf(coordSys: object) {
  const { x, y, width, height } = coordSys as Record<'x' | 'y' | 'width' | 'height', number> // a grid's, as ECharts passes it
  return { type: 'rect' as const, shape: { x, y, width, height } }
}
