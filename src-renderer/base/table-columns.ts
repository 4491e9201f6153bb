/** Columns of a table, and the way its rows are sorted. */

export interface TableColumn {
  /** Field of the row, and name of the slot `cell-<key>` that may draw it. */
  readonly key: string
  readonly label: string
  /** Figures stand at the end of their cell, one above the other. */
  readonly isNumber?: boolean
  /** The cell that names its row. */
  readonly isHeader?: boolean
  readonly isSortable?: boolean
  /** The title is for screen readers alone. */
  readonly isUntitled?: boolean
  /** A CSS length: the least width of the column. */
  readonly width?: string
}

export interface TableSorting {
  readonly key: string
  readonly isDescending: boolean
}

/**
 * What a press of a column's title makes of the sorting: the useful way round first (figures from the greatest down), then the
 * other one, then no sorting.
 */
export function nextSorting(now: TableSorting | null, { key, isNumber = false }: TableColumn): TableSorting | null {
  if (now?.key !== key) return { key, isDescending: isNumber }
  return now.isDescending === isNumber ? { key, isDescending: !isNumber } : null
}
