/** Writes a report as one HTML file, which loads nothing. */
import { drawSvg } from '#main/charts/draw-svg'
import { variables } from '#main/charts/palette'
import type { Chart } from '#main/comparison/charts/chart'
import { showFigure, tableOfChart } from '#main/comparison/charts/chart-table'
import { textOfChart } from '#main/comparison/charts/chart-text'
import { formatComparison, writtenTable } from '#main/comparison/format-comparison'
import type { DiffTriple } from '#main/comparison/diff-triples'
import type { DiffSentence } from '#main/comparison/sentence-diff'
import { familyOfName } from '#main/runs/model-name'
import { formatMoment } from '#main/text/moment'
import { bibliographyOf } from './bibliography.ts'
import { cardHtml } from './card-html.ts'
import { escapeHtml, folded, htmlTable, paragraphs, source } from './html.ts'
import { reportStyle } from './report-style.ts'
import type { Report, ReportDiff } from './report.ts'

export function formatReport(report: Report): string {
  const { title, madeMs, program, charts, diffs, cards } = report
  const parts = [
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="facts">Made on ${escapeHtml(formatMoment(madeMs))} by ${escapeHtml(program)}.</p>`,
    section('Scores', scoresHtml(report)),
    section('Charts', charts.map(chartHtml).join('\n')),
    section('Sentences', diffs.map(diffHtml).join('\n')),
    section('Run cards', cards.map(({ name, text }) => folded(name, cardHtml(text, 3))).join('\n')),
    section('Cited', citedHtml(report)),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}</style>
</head>
<body><main>
${parts.join('\n')}
</main></body>
</html>
`
}

const section = (title: string, inner: string): string =>
  inner === '' ? '' : `<section><h2>${escapeHtml(title)}</h2>\n${inner}</section>`

function scoresHtml({ written }: Report): string {
  const { caption, titles, rows } = writtenTable(written)
  const lines = rows.map(({ kind, cells }) => ({
    cells,
    ...((kind === 'floor' || kind === 'oracle') && { className: 'reference' }),
  }))
  const { table, differences, view } = written
  const as = (format: 'csv' | 'markdown' | 'latex'): string => formatComparison(table, format, { differences, view })
  const { notes } = writtenTable(written)
  const verdict = differences?.verdict ?? []
  return [
    htmlTable(caption, titles, lines),
    '<h3>Verdict</h3>',
    paragraphs(verdict),
    paragraphs(
      notes.filter((note) => !verdict.includes(note)),
      'note',
    ),
    ...sources(as),
  ].join('\n')
}

const sources = (as: (format: 'csv' | 'markdown' | 'latex') => string): string[] => [
  source('As LaTeX (booktabs)', as('latex')),
  source('As Markdown', as('markdown')),
  source('As CSV', as('csv')),
]

function chartHtml(chart: Chart): string {
  const { head, rows } = tableOfChart(chart)
  const isFigure = (column: number): boolean => column > 0 && rows.every((row) => typeof row[column] !== 'string')
  const table = htmlTable(
    '',
    head,
    rows.map((row) => ({ cells: row.map(showFigure) })),
    isFigure,
  )
  // figures of the page's own font are as wide as the drawing takes them to be, near enough
  const svg = drawSvg(chart, { palette: variables, fontFamily: 'inherit' }, 960)
  const labelled = svg.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(chart.title)}" `)
  const figures = `${table}\n${sources((format) => textOfChart(chart, format)).join('\n')}`
  return `<figure><figcaption>${escapeHtml(chart.title)}</figcaption>${labelled}${paragraphs(chart.notes, 'note')}${folded('The figures as a table', figures, 'figures')}</figure>`
}

function diffHtml({ first, second, sentences }: ReportDiff): string {
  const head = `<h3>${escapeHtml(first)} and ${escapeHtml(second)}</h3>`
  return [head, ...sentences.map((sentence) => sentenceHtml(sentence, first, second))].join('\n')
}

function sentenceHtml({ text, kind, triples }: DiffSentence, first: string, second: string): string {
  const show = (probability: number | null): string => (probability === null ? '–' : probability.toFixed(2))
  const rows = triples.map((triple) => ({
    cells: [describeTriple(triple), triple.isGold ? 'gold' : 'wrong', show(triple.first), show(triple.second)],
    ...(!triple.isGold && { className: 'wrong' }),
  }))
  const table =
    rows.length === 0 ? '' : htmlTable('', ['Triple', '', first, second], rows, (column) => column > 1, 'found')
  return `<div class="sentence"><p><span class="kind">${escapeHtml(kind)}</span> <span dir="auto">${escapeHtml(text)}</span></p>${table}</div>`
}

const describeTriple = ({ subject, type, object }: DiffTriple): string => `${subject} · ${type} · ${object}`

function citedHtml({ written: { table } }: Report): string {
  const entries = bibliographyOf({
    families: table.rows.flatMap(({ model }) => (model === null ? [] : [familyOfName(model)])),
    sources: table.rows.flatMap(({ published }) => published?.row.source ?? []),
  })
  const items = entries.map(({ shown }) => `<li>${escapeHtml(shown)}</li>`).join('\n')
  return `<ol class="works">${items}</ol>\n${source('As BibTeX', entries.map(({ bibtex }) => bibtex).join('\n\n'))}`
}
