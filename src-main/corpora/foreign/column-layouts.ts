/** Layouts of columns and of marked-up text, which would read as prose line by line. */
import type { ForeignLayout } from './layout.ts'

const webAnno: ForeignLayout = {
  title: 'WebAnno TSV 3 (INCEpTION)',
  recognize: ({ lines }) =>
    lines[0]?.startsWith('#FORMAT=WebAnno TSV') ? `"${lines[0].trim()}" on its first line` : null,
}

const bratPattern = /^(?:[TEAMNR#]\d{1,9}|\*)\t/

const bratAnnotations: ForeignLayout = {
  title: 'annotations of brat (standoff)',
  recognize: ({ lines }) =>
    lines.length > 0 && lines.every((line) => bratPattern.test(line)) ? `lines such as "${shorten(lines[0])}"` : null,
}

const bratText: ForeignLayout = {
  title: 'a text of brat',
  advice: 'Its annotations would be left out. Name the format plain-text to take the text alone.',
  recognize({ name, hasBeside }) {
    const annotations = name.replace(/\.txt$/i, '.ann')
    return annotations !== name && hasBeside(annotations) ? `annotations beside it, in ${annotations}` : null
  },
}

const multiHead: ForeignLayout = {
  title: 'CoNLL04 in the layout of multi-head selection',
  recognize: ({ lines }) => (/^#doc\s/.test(lines[0] ?? '') ? `"${shorten(lines[0])}" on its first line` : null),
}

const rothYih: ForeignLayout = {
  title: 'CoNLL04 (Roth and Yih)',
  recognize({ lines }) {
    const rows = lines.map((line) => line.split('\t')).filter((cells) => cells.length !== 3)
    const isRow = (cells: readonly string[]): boolean =>
      cells.length === 9 && /^\d+$/.test(cells[0] ?? '') && /^\d+$/.test(cells[2] ?? '')
    return rows.length > 1 && rows.every(isRow) ? 'nine columns set apart by tabs, the third a row number' : null
  },
}

/** A tag of BIO, BIOES or BILOU. */
const tagPattern = /^(?:O|[BIESLUM][-_]\S+)$/

const taggedColumns: ForeignLayout = {
  title: 'columns with tags (CoNLL)',
  recognize({ lines }) {
    const rows = lines
      .filter((line) => !/^(?:#|-DOCSTART-)/.test(line))
      .map((line) => line.trim().split(/[ \t]{1,100}/))
    if (rows.length < 2 || rows.some(({ length }) => length < 2)) return null
    for (const [name, of] of [
      ['last', -1],
      ['first', 0],
    ] as const) {
      const tags = rows.map((cells) => cells.at(of) ?? '')
      if (tags.every((tag) => tagPattern.test(tag)) && tags.some((tag) => tag !== 'O'))
        return `columns of which the ${name} is a tag such as ${tags.find((tag) => tag !== 'O')}`
    }
    return null
  },
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

function shorten(line = ''): string {
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}

export const columnLayouts: readonly ForeignLayout[] = [
  webAnno,
  multiHead,
  bratAnnotations,
  bratText,
  rothYih,
  taggedColumns,
  markup,
  richText,
  table,
]
