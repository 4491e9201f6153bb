/** TableView: how a person wants a comparison shown: which columns, in which order and with how many decimals. */
import type { ComparisonRow, SpreadScores } from './comparison-table.ts'

export interface ScoreColumn {
  readonly name: string
  readonly title: string
  readonly of: (row: ComparisonRow) => SpreadScores | null
  /** Factor of the figure: 100 for scores, 1 for seconds. */
  readonly times: number
}

export const scoreColumns = [
  { name: 'precision', title: 'P', of: (row) => row.precision, times: 100 },
  { name: 'recall', title: 'R', of: (row) => row.recall, times: 100 },
  { name: 'f1', title: 'F1', of: (row) => row.f1, times: 100 },
  { name: 'entities', title: 'entities F1', of: (row) => row.entityF1, times: 100 },
  { name: 'seen', title: 'seen F1', of: (row) => row.seenF1, times: 100 },
  { name: 'unseen', title: 'unseen F1', of: (row) => row.unseenF1, times: 100 },
  { name: 'early', title: 'early F1', of: (row) => row.earlyF1, times: 100 },
  { name: 'seconds', title: 's/epoch', of: (row) => row.secondsPerEpoch, times: 1 },
] as const satisfies readonly ScoreColumn[]

/** Columns that compare a row with the baseline. */
export const differenceColumns = [
  { name: 'difference', title: 'difference' },
  { name: 'interval', title: '95 % interval' },
  { name: 'p', title: 'p (Holm)' },
] as const

/** The column of figures from papers. */
export const publishedColumn = { name: 'published', title: 'published F1' } as const

/** All columns in their order: the differences stand beside the F1 that they are of. */
export const tableColumns = [
  ...scoreColumns.slice(0, 3),
  ...differenceColumns,
  publishedColumn,
  ...scoreColumns.slice(3),
]
export type ColumnName = (typeof tableColumns)[number]['name']
export const columnNames: readonly [ColumnName, ...ColumnName[]] = [
  'precision',
  ...tableColumns.slice(1).map(({ name }) => name),
]

/** "chosen" is the order in which the runs were chosen, "f1" puts the highest mean first. */
export const rowOrders = ['chosen', 'f1', 'name'] as const
export type RowOrder = (typeof rowOrders)[number]

export interface TableView {
  readonly columns: readonly ColumnName[]
  readonly order: RowOrder
  /** Number of decimals of scores in percent, 0 to 3. */
  readonly decimals: number
}

export const usualView: TableView = {
  columns: [
    ...(['precision', 'recall', 'f1', 'difference', 'interval', 'p'] as const),
    ...(['published', 'entities', 'seen', 'unseen', 'seconds'] as const),
  ],
  order: 'chosen',
  decimals: 1,
}

/** What there is to show beside the scores. */
export interface Shown {
  readonly hasDifferences: boolean
  readonly hasPublished: boolean
}

export function shownColumns({ columns }: TableView, { hasDifferences, hasPublished }: Shown) {
  return tableColumns.filter(({ name }) => {
    if (!columns.includes(name)) return false
    if (name === 'published') return hasPublished
    return hasDifferences || !isDifferenceColumn(name)
  })
}

export type DifferenceColumn = (typeof differenceColumns)[number]['name']

export function isDifferenceColumn(name: string): name is DifferenceColumn {
  return differenceColumns.some((column) => column.name === name)
}

export function scoreColumnOf(name: string): ScoreColumn | undefined {
  return scoreColumns.find((column) => column.name === name)
}

/** Rows in the order of the view; floor and oracle stay below. */
export function orderRows<Row extends Pick<ComparisonRow, 'kind' | 'label' | 'f1'>>(
  rows: readonly Row[],
  order: RowOrder,
): Row[] {
  const isBound = ({ kind }: Row): boolean => kind === 'floor' || kind === 'oracle'
  const scored = rows.filter((row) => !isBound(row))
  const sorted = {
    chosen: () => scored,
    f1: () => scored.toSorted((a, b) => b.f1.mean - a.f1.mean),
    name: () => scored.toSorted((a, b) => a.label.localeCompare(b.label, 'en', { numeric: true })),
  }
  return [...sorted[order](), ...rows.filter(isBound)]
}
