/** Aligned columns for the terminal. */

export type Cell = string | number | null

/** Formats rows as a table. Columns for which `isRight` holds, by default those with numbers, are aligned right. Fractions show one decimal place. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  isRight: (column: number) => boolean = (column) => rows.some((row) => typeof row[column] === 'number'),
): string {
  const lines = [head, ...rows.map((row) => row.map(showCell))]
  const widths = head.map((_, at) => lines.reduce((width, line) => Math.max(width, line[at]?.length ?? 0), 0))
  const areRight = head.map((_, at) => isRight(at))
  const draw = (line: readonly string[]): string =>
    line
      .map((cell, at) => (areRight[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  const [first = [], ...rest] = lines
  return [draw(first), widths.map((width) => '-'.repeat(width)).join('  '), ...rest.map(draw)].join('\n')
}

function showCell(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(1) : String(cell)
}
