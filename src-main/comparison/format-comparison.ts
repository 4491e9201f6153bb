/** A comparison as text: aligned for a terminal, or as Markdown, CSV or LaTeX for a paper. */
import { formatTable } from '#main/text/aligned-table'
import { csvText } from '#main/text/csv'
import { markdownTable } from '#main/text/markdown-table'
import type { ComparisonRow, ComparisonTable, SpreadScores } from './comparison-table.ts'

export const comparisonFormats = ['table', 'markdown', 'csv', 'latex'] as const
export type ComparisonFormat = (typeof comparisonFormats)[number]

export function formatComparison(table: ComparisonTable, format: ComparisonFormat): string {
  return writers[format](table)
}

const writers: Record<ComparisonFormat, (table: ComparisonTable) => string> = {
  table: toAlignedText,
  markdown: toMarkdown,
  csv: toCsv,
  latex: toLatex,
}

interface Column {
  readonly title: string
  readonly of: (row: ComparisonRow) => SpreadScores | null
  /** Factor of the figure: 100 for scores, 1 for seconds. */
  readonly times: number
}

const columns: readonly Column[] = [
  { title: 'P', of: (row) => row.precision, times: 100 },
  { title: 'R', of: (row) => row.recall, times: 100 },
  { title: 'F1', of: (row) => row.f1, times: 100 },
  { title: 'entities F1', of: (row) => row.entityF1, times: 100 },
  { title: 'seen F1', of: (row) => row.seenF1, times: 100 },
  { title: 'unseen F1', of: (row) => row.unseenF1, times: 100 },
  { title: 's/epoch', of: (row) => row.secondsPerEpoch, times: 1 },
]

const titles = ['', 'runs', ...columns.map(({ title }) => title)]

function captionOf({ corpusName, split, match, sentences, uniqueTriples }: ComparisonTable): string {
  return `${corpusName}, ${split}: ${sentences} sentences, ${uniqueTriples} unique triples; match mode ${match}`
}

/** Cells of a row, with `plusMinus` between mean and deviation. */
function cellsOf(row: ComparisonRow, plusMinus: string): string[] {
  const values = columns.map(({ of, times }) => {
    const spread = of(row)
    if (!spread) return ''
    const deviation = spread.deviation === null ? '' : `${plusMinus}${(spread.deviation * times).toFixed(1)}`
    return `${(spread.mean * times).toFixed(1)}${deviation}`
  })
  return [row.label, row.runIds.length === 0 ? '' : String(row.runIds.length), ...values]
}

const isFigure = (column: number): boolean => column > 0

function toAlignedText(table: ComparisonTable): string {
  const rows = table.rows.map((row) => cellsOf(row, ' ± '))
  const each = table.rows.flatMap(({ each: runs }) =>
    runs.length < 2 ? [] : [runs.map(({ name, f1 }) => `${name} ${(f1 * 100).toFixed(1)}`).join(', ')],
  )
  const notes = [...(each.length > 0 ? [`F1 of every run: ${each.join('; ')}.`] : []), ...table.remarks]
  return [captionOf(table), '', formatTable(titles, rows, isFigure), '', ...notes, ''].join('\n')
}

function toMarkdown(table: ComparisonTable): string {
  const rows = table.rows.map((row) => cellsOf(row, ' ± '))
  const remarks = table.remarks.map((remark) => `- ${remark}`)
  return [captionOf(table), '', markdownTable(titles, rows, isFigure), '', ...remarks, ''].join('\n')
}

/** CSV of plain numbers, with a column each for mean and deviation. */
function toCsv(table: ComparisonTable): string {
  const head = ['label', 'kind', 'runs', ...columns.flatMap(({ title }) => [`${title} mean`, `${title} sd`])]
  const rows = table.rows.map((row) => [
    row.label,
    row.kind,
    row.runIds.length,
    ...columns.flatMap(({ of }) => {
      const spread = of(row)
      return [spread?.mean ?? null, spread?.deviation ?? null]
    }),
  ])
  return csvText([head, ...rows])
}

/** LaTeX table with the rules of booktabs. */
function toLatex(table: ComparisonTable): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`
  const rows = table.rows.map((row) => ({ kind: row.kind, text: line(cellsOf(row, ' ± ')).replaceAll('±', '$\\pm$') }))
  const firstPlain = rows.findIndex(({ kind }) => kind !== 'variant')
  return [
    // a line break would end the comment
    ...[captionOf(table), ...table.remarks].map((line) => `% ${line.replaceAll(/\s+/g, ' ')}`),
    `\\begin{tabular}{l${'r'.repeat(titles.length - 1)}}`,
    '\\toprule',
    line(titles),
    '\\midrule',
    ...rows.flatMap(({ text }, at) => (at === firstPlain && at > 0 ? ['\\midrule', text] : [text])),
    '\\bottomrule',
    '\\end{tabular}',
    '',
  ].join('\n')
}

const latexSpecial: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

function escapeLatex(cell: string): string {
  return cell.replaceAll(/[\\~^&%$#_{}]/g, (sign) => latexSpecial[sign] ?? `\\${sign}`)
}
