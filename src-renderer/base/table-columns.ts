/** Columns of a table and the order of its rows. */

export interface TableColumn {
  /** Field of the row; the slot `cell-<key>` may draw its cells. */
  readonly key: string
  readonly label: string
  /** Whether the column holds figures, which are aligned at the end of the cell. */
  readonly isNumber?: boolean
  /** Whether the column's cell is the header of its row. */
  readonly isHeader?: boolean
  readonly isSortable?: boolean
  /** Whether the title is hidden from sight and read by screen readers alone. */
  readonly isUntitled?: boolean
  /** Least width of the column, a CSS length. */
  readonly width?: string
}

export interface TableSorting {
  readonly key: string
  readonly isDescending: boolean
}

/**
 * The sorting after a press of a column's title: first the useful direction (figures from the greatest down), then the other
 * one, then none.
 */
export function nextSorting(now: TableSorting | null, { key, isNumber = false }: TableColumn): TableSorting | null {
  if (now?.key !== key) return { key, isDescending: isNumber }
  return now.isDescending === isNumber ? { key, isDescending: !isNumber } : null
}
