/** The files of a chart, in the colours of the light theme, as a paper wants them. */
import { chartOption } from '#main/charts/chart-option'
import { drawSvg } from '#main/charts/draw-svg'
import { heightOf, init } from '#main/charts/drawing'
import { paper } from '#main/charts/palette'
import type { Chart } from '#main/comparison/charts/chart'
import { textOfChart } from '#main/comparison/charts/chart-text'
import { saveBlob, saveText } from '#window/common/save-text.ts'
import { useToasts } from '#window/stores/toasts.ts'
import { tableFormats } from '../export-table.ts'

const onPaper = { palette: paper, fontFamily: 'Helvetica, Arial, sans-serif' }

/** Width in pixels of a chart in a file, and how many dots of a PNG make one of them. */
const [width, dots] = [760, 3]

export function useChartFiles(chart: () => Chart) {
  const { attempt } = useToasts()
  return [
    ...tableFormats.map(({ format, title, extension, mediaType }) => ({
      label: `Figures as ${title}`,
      onSelect: () => saveText(`${chart().name}.${extension}`, textOfChart(chart(), format), mediaType),
    })),
    {
      label: 'Drawing as SVG',
      onSelect: () => saveText(`${chart().name}.svg`, drawSvg(chart(), onPaper, width), 'image/svg+xml'),
    },
    {
      label: 'Drawing as PNG',
      onSelect: () => void attempt(async () => saveBlob(`${chart().name}.png`, await drawPng(chart()))),
    },
  ]
}

async function drawPng(chart: Chart): Promise<Blob> {
  const own = init(document.createElement('div'), null, { width, height: heightOf(chart), devicePixelRatio: dots })
  try {
    own.setOption(chartOption(chart, onPaper))
    const canvas = own.renderToCanvas({ pixelRatio: dots, backgroundColor: paper('surface') })
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.'))),
        'image/png',
      ),
    )
  } finally {
    own.dispose()
  }
}
