/** The types of an ECharts option made of the parts that are loaded, and of what it is drawn in. */
import type { BarSeriesOption, CustomSeriesOption, LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { Palette } from './palette.ts'

export type DrawnSeries = LineSeriesOption | BarSeriesOption | CustomSeriesOption

export type ChartOption = ComposeOption<
  DrawnSeries | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

export interface DrawnIn {
  readonly palette: Palette
  readonly fontFamily: string
}
