/** Layouts of columns and of marked-up text, which would read as prose line by line. */
import type { ForeignLayout } from './layout.ts'

const webAnno: ForeignLayout = {
  title: 'WebAnno TSV of a version before 3',
  advice: 'Export the document again, as WebAnno TSV 3.',
  recognize: ({ lines }) =>
    lines[0]?.startsWith('#FORMAT=WebAnno TSV') ? `"${lines[0].trim()}" on its first line` : null,
}

const markup: ForeignLayout = {
  title: 'marked-up text (XML, HTML or SGML)',
  recognize({ text }) {
    const [opening] = /^\s{0,1000}<(?:\?xml|!DOCTYPE|html|TEI|DOC|doc)\b[^>]{0,60}/.exec(text) ?? []
    return opening === undefined ? null : `"${opening.trim()}" at its beginning`
  },
}

const richText: ForeignLayout = {
  title: 'rich text of a word processor',
  advice: 'Save it as plain text (UTF-8).',
  recognize: ({ text }) => (text.startsWith('{\\rtf') ? '"{\\rtf" at its beginning' : null),
}

const table: ForeignLayout = {
  title: 'a table',
  advice:
    'Say which columns hold texts and triples (--format csv with --text-column, --subject-column, --relation-column and --object-column), or name the format plain-text to take it as prose.',
  recognize({ lines }) {
    for (const [separator, sign, least] of [
      ['tabs', '\t', 1],
      ['commas', ',', 2],
      ['semicolons', ';', 2],
    ] as const) {
      const columns = columnsOf(lines, sign)
      if (columns > least) return `${columns} columns on each of its lines, set apart by ${separator}`
    }
    return null
  },
}

/** Number of columns that all lines have; 1 where they differ, or end as sentences do. */
function columnsOf(lines: readonly string[], sign: string): number {
  const least = sign === '\t' ? 2 : 4
  if (lines.length < least || lines.some((line) => sign !== '\t' && /[.!?]$/.test(line.trim()))) return 1
  const counts = new Set(
    lines.map(
      (line) =>
        line
          .trim()
          .replaceAll(/"[^"]*"/g, '')
          .split(sign).length,
    ),
  )
  return counts.size === 1 ? ([...counts][0] ?? 1) : 1
}

export const columnLayouts: readonly ForeignLayout[] = [webAnno, markup, richText, table]
