/** HTML as text: what comes from outside is escaped here. */

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}

export interface HtmlRow {
  readonly cells: readonly string[]
  readonly className?: string
}

/** @param isFigure whether a column is aligned to the right. The first column heads its row. */
export function htmlTable(
  caption: string,
  head: readonly string[],
  rows: readonly HtmlRow[],
  isFigure: (column: number) => boolean = (column) => column > 0,
  className = '',
): string {
  const classOf = (column: number): string => (isFigure(column) ? ' class="figure"' : '')
  const heads = head.map((title, column) => `<th scope="col"${classOf(column)}>${escapeHtml(title)}</th>`)
  const lines = rows.map(({ cells, className }) => {
    const parts = cells.map((cell, column) =>
      column === 0 ? `<th scope="row">${escapeHtml(cell)}</th>` : `<td${classOf(column)}>${escapeHtml(cell)}</td>`,
    )
    return `<tr${className ? ` class="${className}"` : ''}>${parts.join('')}</tr>`
  })
  return `<div class="table"><table${className === '' ? '' : ` class="${className}"`}><caption>${escapeHtml(caption)}</caption><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`
}

/** A text that is unfolded on demand, such as the source of a table. */
export function folded(title: string, inner: string, className = ''): string {
  return `<details${className ? ` class="${className}"` : ''}><summary>${escapeHtml(title)}</summary>${inner}</details>`
}

export const source = (title: string, text: string): string => folded(title, `<pre>${escapeHtml(text)}</pre>`, 'source')

export const paragraphs = (sentences: readonly string[], className = ''): string =>
  sentences.map((sentence) => `<p${className ? ` class="${className}"` : ''}>${escapeHtml(sentence)}</p>`).join('\n')
