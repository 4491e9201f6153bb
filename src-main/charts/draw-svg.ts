/** Draws a chart as an SVG text, without a page. */
import type { Chart } from '#main/comparison/charts/chart'
import { chartOption } from './chart-option.ts'
import { heightOf, init } from './drawing.ts'
import type { DrawnIn } from './option-types.ts'

export function drawSvg(chart: Chart, drawn: DrawnIn, width = 760): string {
  const own = init(null, null, { renderer: 'svg', ssr: true, width, height: heightOf(chart) })
  try {
    own.setOption(chartOption(chart, drawn))
    // ECharts adds rules for a pointer that hovers, which no file needs and which would reach beyond the drawing
    return own.renderToSVGString().replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
  } finally {
    own.dispose()
  }
}
