/** The ECharts option of a matrix of counts: green where both labels are the same, red where they differ, darker for more. */
import type { GridChart } from '#main/comparison/charts/chart'
import type { ChartOption, DrawnIn } from './option-types.ts'

export function gridOption(
  { rowLabel, columnLabel, shown, cells }: GridChart,
  { palette, fontFamily }: DrawnIn,
): ChartOption {
  const text = { color: palette('ink-2'), fontFamily, fontSize: 11 }
  const placeOf = new Map(shown.map((label, at) => [label, at]))
  const drawn = cells.flatMap(({ row, column, count }) => {
    const [x, y] = [placeOf.get(column), placeOf.get(row)]
    return x === undefined || y === undefined ? [] : [[x, y, count]]
  })
  const largest = (isRight: boolean): number =>
    Math.max(1, ...drawn.map(([x = 0, y = 0, count = 0]) => ((x === y) === isRight ? count : 0)))
  const [right, wrong] = [largest(true), largest(false)]
  const axis = {
    ...{ type: 'category' as const, data: [...shown], nameLocation: 'middle' as const, nameTextStyle: text },
    axisLine: { lineStyle: { color: palette('line-strong') } },
    ...{ axisTick: { show: false }, splitArea: { show: false } },
  }
  /** Pixels that the longest label takes. */
  const room = Math.min(140, 8 + 6.5 * Math.max(...shown.map(({ length }) => length)))
  const label = { ...text, interval: 0, width: room, overflow: 'truncate' as const }
  return {
    animation: false,
    textStyle: { fontFamily },
    grid: { left: room + 40, right: 16, top: 8, bottom: 0.75 * room + 40 },
    tooltip: { show: false },
    xAxis: { ...axis, name: columnLabel, nameGap: 0.75 * room + 14, axisLabel: { ...label, rotate: 45 } },
    yAxis: { ...axis, name: rowLabel, nameGap: room + 16, inverse: true, axisLabel: label },
    series: [
      {
        ...{ type: 'custom', data: drawn, encode: { x: 0, y: 1 }, silent: true },
        renderItem(_, api) {
          const [x, y, count] = [0, 1, 2].map((dimension) => Number(api.value(dimension)))
          const [middleX = 0, middleY = 0] = api.coord([x ?? 0, y ?? 0])
          const size = api.size?.([1, 1]) ?? [0, 0]
          const [width = 0, height = 0] = Array.isArray(size) ? size : [size, size]
          const isRight = x === y
          const share = (count ?? 0) / (isRight ? right : wrong)
          return {
            type: 'group',
            children: [
              {
                type: 'rect',
                shape: {
                  x: middleX - width / 2 + 1,
                  y: middleY - height / 2 + 1,
                  width: width - 2,
                  height: height - 2,
                },
                style: { fill: palette(isRight ? 'hue-2' : 'hue-5'), opacity: 0.12 + 0.5 * share },
              },
              {
                type: 'text',
                style: {
                  ...{ text: String(count), x: middleX, y: middleY, align: 'center', verticalAlign: 'middle' },
                  ...{ fill: palette('ink'), font: `11px ${fontFamily}` },
                },
              },
            ],
          }
        },
      },
    ],
  }
}
