/** The parts of ECharts that draw charts, loaded once. */
import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import type { Chart } from '#main/comparison/charts/chart'

use([BarChart, CustomChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer, SVGRenderer])

export { init, type EChartsType } from 'echarts/core'

/** Height in pixels that a chart needs: a matrix grows with its labels. */
export function heightOf(chart: Chart): number {
  if (chart.kind === 'grid') return 150 + 26 * chart.shown.length
  return chart.kind === 'bars' ? 400 : 320
}
