/** Markdown as a tree: what the books use of it. Everything else, HTML above all, stays the text that it is. */

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly to: string; readonly children: readonly Inline[] }
  | { readonly kind: 'picture'; readonly file: string; readonly alternative: string }

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly id: string; readonly children: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] }
  | { readonly kind: 'rule' }

type Cell = readonly Inline[]

/** Kinds of blocks by the line that begins them; each takes the lines that are its own off the list. */
const readers: readonly (readonly [RegExp, (lines: string[]) => Block])[] = [
  [/^ {0,3}```/, readCode],
  [/^#{1,6} /, readHeading],
  [/^ {0,3}(?:-{3,}|\*{3,})\s*$/, readRule],
  [/^ {0,3}>/, readQuote],
  [/^ {0,3}(?:[-*]|\d+\.) /, readList],
  [/^\|/, readTable],
]

/** Reads the Markdown of a book of ours; that of strangers could be nested without end. */
export function readMarkdown(text: string): readonly Block[] {
  return readBlocks(text.split(/\r?\n/))
}

function readBlocks(lines: string[]): readonly Block[] {
  const blocks: Block[] = []
  while (lines.length > 0) {
    const line = lines[0] ?? ''
    if (line.trim() === '') lines.shift()
    else blocks.push((readers.find(([begin]) => begin.test(line))?.[1] ?? readParagraph)(lines))
  }
  return blocks
}

/** Takes lines off the list for as long as they belong to a block. */
function take(lines: string[], belongs: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !belongs(line))
  return lines.splice(0, end < 0 ? lines.length : end)
}

function readCode(lines: string[]): Block {
  lines.shift()
  const text = take(lines, (line) => !/^ {0,3}```/.test(line)).join('\n')
  lines.shift()
  return { kind: 'code', text }
}

function readHeading(lines: string[]): Block {
  const [, marks = '#', text = ''] = /^(#+) +(.*)$/.exec(lines.shift() ?? '') ?? []
  return { kind: 'heading', level: marks.length, id: anchorOf(text), children: readInline(text) }
}

/** The anchor of a heading, as GitHub makes it. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

function readRule(lines: string[]): Block {
  lines.shift()
  return { kind: 'rule' }
}

function readQuote(lines: string[]): Block {
  const quoted = take(lines, (line) => /^ {0,3}>/.test(line))
  return { kind: 'quote', blocks: readBlocks(quoted.map((line) => line.replace(/^ {0,3}> ?/, ''))) }
}

function readList(lines: string[]): Block {
  const mark = /^( {0,3})([-*]|\d+\.) +/
  const isOrdered = /^ *\d/.test(lines[0] ?? '')
  const items: (readonly Block[])[] = []
  while (mark.test(lines[0] ?? '') && /^ *\d/.test(lines[0] ?? '') === isOrdered) {
    const first = lines.shift() ?? ''
    const width = mark.exec(first)?.[0].length ?? 0
    // lines of an item are indented, or go on without a gap
    const rest = takeItem(lines)
    items.push(readBlocks([first.slice(width), ...rest.map((line) => line.replace(new RegExp(`^ {0,${width}}`), ''))]))
    while (lines[0]?.trim() === '' && mark.test(lines[1] ?? '')) lines.shift()
  }
  return { kind: 'list', isOrdered, items }
}

function takeItem(lines: string[]): string[] {
  let isAfterGap = false
  return take(lines, (line) => {
    const isGap = line.trim() === ''
    const belongs = isGap || /^ {2,}/.test(line) || (!isAfterGap && !readers.some(([begin]) => begin.test(line)))
    isAfterGap = isGap
    return belongs
  })
}

function readTable(lines: string[]): Block {
  const rows = take(lines, (line) => line.startsWith('|')).map(cellsOf)
  const [head = [], , ...body] = rows
  return { kind: 'table', head: head.map(readInline), rows: body.map((row) => row.map(readInline)) }
}

/** Texts between bars that are not escaped and not in code. */
function cellsOf(row: string): readonly string[] {
  const cells = row.match(/(?:`[^`]*`|\\.|[^|\\`]|`)+/g) ?? []
  return cells
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
    .filter((cell, at) => cell !== '' || at > 0 || cells.length === 1)
}

function readParagraph(lines: string[]): Block {
  const first = lines.shift() ?? ''
  const rest = take(lines, (line) => line.trim() !== '' && !readers.some(([begin]) => begin.test(line)))
  return { kind: 'paragraph', children: readInline([first, ...rest].map((line) => line.trim()).join(' ')) }
}

const marks =
  /`(?<code>[^`]+)`|!\[(?<alternative>[^\]]*)\]\((?<file>[^)\s]+)\)|\[(?<label>(?:`[^`]*`|[^\]`])+)\]\((?<to>[^)\s]+)\)|\*\*(?<strong>[^*]+)\*\*|(?<![\w*])[*_](?<emphasis>[^*_\s](?:[^*_]*[^*_\s])?)[*_](?!\w)|\\(?<escaped>[\\`*_{}[\]()#+.!|<>-])/gu

export function readInline(text: string): readonly Inline[] {
  const found: Inline[] = []
  let from = 0
  for (const match of text.matchAll(marks)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) })
    found.push(toInline(match.groups ?? {}))
    from = match.index + match[0].length
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) })
  return found
}

function toInline(groups: Readonly<Record<string, string | undefined>>): Inline {
  const { code, alternative, file, label, to, strong, emphasis, escaped } = groups
  if (code !== undefined) return { kind: 'code', text: code }
  if (file !== undefined) return { kind: 'picture', file, alternative: alternative ?? '' }
  if (to !== undefined) return { kind: 'link', to, children: readInline(label ?? '') }
  if (strong !== undefined) return { kind: 'strong', children: readInline(strong) }
  if (emphasis !== undefined) return { kind: 'emphasis', children: readInline(emphasis) }
  return { kind: 'text', text: escaped ?? '' }
}
