/** A run card as HTML: the Markdown that run cards are written in, and no more of that language. */
import { escapeHtml, htmlTable } from './html.ts'

/** @param level of the headings that the title of the card gets. */
export function cardHtml(markdown: string, level: number): string {
  return markdown
    .trim()
    .split(/\n{2,}/)
    .map((block) => blockHtml(block, level))
    .join('\n')
}

function blockHtml(block: string, level: number): string {
  const heading = /^(#+) (.*)$/.exec(block)
  if (heading) {
    const own = level + (heading[1]?.length ?? 1) - 1
    return `<h${own}>${escapeHtml(heading[2] ?? '')}</h${own}>`
  }
  const lines = block.split('\n')
  if (block.startsWith('|')) return tableHtml(lines)
  if (block.startsWith('- ')) return `<ul>${lines.map((line) => `<li>${escapeHtml(line.slice(2))}</li>`).join('')}</ul>`
  if (block.startsWith('> '))
    return `<blockquote>${lines.map((line) => escapeHtml(line.slice(2))).join('<br>')}</blockquote>`
  return `<p>${escapeHtml(block)}</p>`
}

function tableHtml([head = '', rule = '', ...rows]: readonly string[]): string {
  const aligned = cellsOf(rule)
  return htmlTable(
    '',
    cellsOf(head),
    rows.map((row) => ({ cells: cellsOf(row) })),
    (column) => aligned[column]?.endsWith(':') ?? false,
  )
}

/** Cells between bars; a bar or a backslash within one is escaped. */
export function cellsOf(line: string): string[] {
  const inner = line.replace(/^\| ?/, '').replace(/ ?\|$/, '')
  return inner.split(/ \| /).map((cell) => cell.trim().replaceAll(/\\([\\|])/g, '$1'))
}
