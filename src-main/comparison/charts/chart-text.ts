/** The table of a chart as text for a paper: Markdown, or LaTeX with the rules of booktabs. */
import { markdownTable } from '#main/text/markdown-table'
import { toLatex } from '../format-latex.ts'
import type { Chart } from './chart.ts'
import { csvOfChart, showFigure, tableOfChart } from './chart-table.ts'

const writers = {
  csv: csvOfChart,
  markdown: (chart: Chart): string => {
    const { head, rows } = tableOfChart(chart)
    const isFigure = (column: number): boolean => rows.every((row) => typeof row[column] !== 'string')
    const shown = rows.map((row) => row.map(showFigure))
    return [
      chart.title,
      '',
      markdownTable(head, shown, isFigure),
      '',
      ...chart.notes.map((note) => `- ${note}`),
      '',
    ].join('\n')
  },
  latex: (chart: Chart): string => {
    const { head, rows } = tableOfChart(chart)
    const lines = rows.map((row) => ({ kind: 'variant' as const, cells: row.map(showFigure) }))
    return toLatex(chart.title, head, lines, chart.notes)
  },
}

export function textOfChart(chart: Chart, format: keyof typeof writers): string {
  return writers[format](chart)
}
