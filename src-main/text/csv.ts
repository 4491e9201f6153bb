/** Comma-separated values as RFC 4180 writes them. */

/** Writes rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe in front; null becomes an empty field. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((fields) => `${fields.map(toField).join(',')}\r\n`).join('')
}

function toField(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
