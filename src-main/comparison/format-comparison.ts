/** A comparison as text: aligned for a terminal, or as Markdown, CSV or LaTeX for a paper. */
import { formatTable } from '#main/text/aligned-table'
import { csvText } from '#main/text/csv'
import { markdownTable } from '#main/text/markdown-table'
import type { ComparisonRow, ComparisonTable } from './comparison-table.ts'
import { toLatex } from './format-latex.ts'
import type { Differences, RowDifference } from './row-differences.ts'
import { describePublished } from './published.ts'
import {
  isDifferenceColumn,
  orderRows,
  scoreColumnOf,
  shownColumns,
  usualView,
  type ColumnName,
  type DifferenceColumn,
  type TableView,
} from './table-view.ts'
import { formatDifference, formatP, formatPoints } from './verdict.ts'

export const comparisonFormats = ['table', 'markdown', 'csv', 'latex'] as const
export type ComparisonFormat = (typeof comparisonFormats)[number]

/** A comparison as it is written: the table, the differences where they were asked for, and how both are shown. */
export interface Written {
  readonly table: ComparisonTable
  readonly differences: Differences | null
  readonly view: TableView
}

export function formatComparison(
  table: ComparisonTable,
  format: ComparisonFormat,
  { differences = null, view = usualView }: Partial<Omit<Written, 'table'>> = {},
): string {
  const rows = orderRows(table.rows, view.order)
  return writers[format]({ table: { ...table, rows }, differences, view })
}

/** The table as cells, for what writes it in another way. */
export interface WrittenTable {
  readonly caption: string
  readonly titles: readonly string[]
  readonly rows: readonly WrittenRow[]
  /** What may be concluded, and the protocol. */
  readonly notes: readonly string[]
}

export function writtenTable(written: Written): WrittenTable {
  const ordered = { ...written, table: { ...written.table, rows: orderRows(written.table.rows, written.view.order) } }
  return {
    caption: captionOf(ordered.table),
    ...{ titles: titlesOf(ordered), rows: rowsOf(ordered), notes: notesOf(ordered) },
  }
}

const writers: Record<ComparisonFormat, (written: Written) => string> = {
  table: toAlignedText,
  markdown: toMarkdown,
  csv: toCsv,
  latex: (written) => toLatex(captionOf(written.table), titlesOf(written), rowsOf(written), notesOf(written)),
}

function captionOf({ corpusName, split, match, sentences, uniqueTriples }: ComparisonTable): string {
  return `${corpusName}, ${split}: ${sentences} sentences, ${uniqueTriples} unique triples; match mode ${match}`
}

function columnsOf({ table, differences, view }: Written) {
  const hasPublished = table.rows.some(({ published }) => published !== null)
  return shownColumns(view, { hasDifferences: differences !== null, hasPublished })
}

function titlesOf(written: Written): string[] {
  return ['', 'runs', ...columnsOf(written).map(({ title }) => title)]
}

export interface WrittenRow {
  readonly kind: ComparisonRow['kind']
  readonly cells: readonly string[]
}

function rowsOf(written: Written): WrittenRow[] {
  return written.table.rows.map((row) => ({
    kind: row.kind,
    cells: [
      ...[row.label, row.each.length === 0 ? '' : String(row.each.length)],
      ...columnsOf(written).map(({ name }) => cellOf(written, row, name)),
    ],
  }))
}

function cellOf({ differences, view }: Written, row: ComparisonRow, name: ColumnName): string {
  if (isDifferenceColumn(name)) return comparedCell(differences, row.label, name, view.decimals)
  if (name === 'published') return publishedCell(row)
  return scoreCell(row, name, view.decimals)
}

function scoreCell(row: ComparisonRow, name: ColumnName, decimals: number): string {
  const column = scoreColumnOf(name)
  const spread = column?.of(row)
  if (!column || !spread) return ''
  const show = (value: number): string => (value * column.times).toFixed(column.times === 100 ? decimals : 1)
  return `${show(spread.mean)}${spread.deviation === null ? '' : ` ± ${show(spread.deviation)}`}`
}

/** "not compared" stands where a reason is given below. */
function comparedCell(
  differences: Differences | null,
  label: string,
  part: DifferenceColumn,
  decimals: number,
): string {
  if (label === differences?.baseline) return part === 'difference' ? 'baseline' : ''
  const own = differences?.rows.find((row) => row.label === label)
  if (own?.difference) return shownDifference(own.difference, part, decimals)
  return own && part === 'difference' ? 'not compared' : ''
}

/** A figure that cannot be compared stands in brackets. */
function publishedCell({ published }: ComparisonRow): string {
  const shown = published?.row.f1.toFixed(1) ?? ''
  return published?.why ? `(${shown})` : shown
}

function publishedNotes(written: Written): string[] {
  if (!columnsOf(written).some(({ name }) => name === 'published')) return []
  return written.table.rows.flatMap(({ label, published }) =>
    published
      ? [`Published beside ${label}: ${describePublished(published.row)}.${published.why ? ` ${published.why}` : ''}`]
      : [],
  )
}

/** One part of a difference in figures: "+1.9", "0.4 to 3.3", "0.012". */
export function shownDifference(
  { difference, low, high, correctedP }: NonNullable<RowDifference['difference']>,
  part: DifferenceColumn,
  decimals: number,
): string {
  if (part === 'p') return formatP(correctedP)
  if (part === 'difference') return formatDifference(difference, decimals)
  return `${formatPoints(low, decimals)} to ${formatPoints(high, decimals)}`
}

/** F1 of every run, what may be concluded, and the protocol. */
function notesOf(written: Written): string[] {
  const { table, differences, view } = written
  const each = table.rows.flatMap(({ each: runs }) =>
    runs.length < 2 ? [] : [runs.map(({ name, f1 }) => `${name} ${(f1 * 100).toFixed(view.decimals)}`).join(', ')],
  )
  return [
    ...(each.length > 0 ? [`F1 of every run: ${each.join('; ')}.`] : []),
    ...(differences?.verdict ?? []),
    ...table.remarks,
    ...publishedNotes(written),
  ]
}

const isFigure = (column: number): boolean => column > 0

function toAlignedText(written: Written): string {
  const cells = rowsOf(written).map((row) => row.cells)
  return [
    captionOf(written.table),
    '',
    formatTable(titlesOf(written), cells, isFigure),
    '',
    ...notesOf(written),
    '',
  ].join('\n')
}

function toMarkdown(written: Written): string {
  const cells = rowsOf(written).map((row) => row.cells)
  const notes = notesOf(written).map((note) => `- ${note}`)
  return [captionOf(written.table), '', markdownTable(titlesOf(written), cells, isFigure), '', ...notes, ''].join('\n')
}

/** CSV of plain numbers, 0 to 1, with a column each for mean and deviation. */
function toCsv(written: Written): string {
  const { table, differences } = written
  const columns = columnsOf(written).flatMap(({ name }) => scoreColumnOf(name) ?? [])
  const head = ['label', 'kind', 'runs', ...columns.flatMap(({ title }) => [`${title} mean`, `${title} sd`])]
  const compared = columnsOf(written).some(({ name }) => isDifferenceColumn(name))
  const rows = table.rows.map((row) => {
    const own = differences?.rows.find(({ label }) => label === row.label)?.difference
    return [
      ...[row.label, row.kind, row.each.length],
      ...columns.flatMap(({ of }) => [of(row)?.mean ?? null, of(row)?.deviation ?? null]),
      ...(compared
        ? [own?.difference ?? null, own?.low ?? null, own?.high ?? null, own?.p ?? null, own?.correctedP ?? null]
        : []),
    ]
  })
  const more = [`difference to ${differences?.baseline ?? ''}`, 'interval low', 'interval high', 'p', 'p (Holm)']
  return csvText([[...head, ...(compared ? more : [])], ...rows])
}
