/** Tables in Markdown. */

/** Formats rows as a Markdown table. Columns for which `isRight` holds are aligned to the right. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  isRight: (column: number) => boolean,
): string {
  const rule = head.map((_, at) => (isRight(at) ? '---:' : '---'))
  return [toLine(head.map(escape)), toLine(rule), ...rows.map((row) => toLine(row.map(escape)))].join('\n')
}

const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

/** Escapes the bars and line breaks of a cell, which would end the cell or the row. */
function escape(cell: string | number): string {
  return String(cell)
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\r\n|\n|\r/g, ' ')
}
