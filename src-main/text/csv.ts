/** Comma-separated values as RFC 4180 writes them, and values that another sign sets apart. */

/** Writes rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe in front; null becomes an empty field. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((fields) => tableRow(fields.map(withoutFormula), ',')).join('')
}

/** One row, its cells as they are. */
export function tableRow(cells: readonly string[], sign: string): string {
  return `${cells.map((cell) => (isQuoted(cell, sign) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(sign)}\r\n`
}

function isQuoted(cell: string, sign: string): boolean {
  return cell.includes(sign) || /["\r\n]/.test(cell)
}

function withoutFormula(value: string | number | null): string {
  if (value === null) return ''
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
}
