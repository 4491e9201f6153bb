/** The layout of a file of columns: how they are set apart and what each holds, found in all of its rows or chosen. */
import type { ReadSettings } from '#main/document/read-settings'
import { countOf, formatCount } from '#main/text/numbers'
import type { TagScheme } from '../../shared/decode-tags.ts'
import { FileError } from '../../shared/problem-log.ts'
import { createColumnStats, type ColumnStats } from './column-stats.ts'

export interface ColumnLayout {
  readonly separator: '\t' | ' '
  /** Number of columns. */
  readonly columns: number
  readonly token: number
  readonly tag: number
  /** null where no column holds parts of speech. */
  readonly pos: number | null
  readonly scheme: TagScheme
}

export interface FoundLayout extends ColumnLayout {
  /** Evidence of the layout, as a sentence without its full stop. */
  readonly evidence: string
}

/** The cells of a row. */
export function cellsOf(line: string, separator: ColumnLayout['separator']): string[] {
  return separator === '\t' ? line.split('\t') : line.split(/[ \t]{1,1000}/).filter((cell) => cell !== '')
}

export function isBlank(line: string): boolean {
  return line.trim() === ''
}

export function isDocumentStart(line: string): boolean {
  return /^-DOCSTART-(?:[ \t]|$)/.test(line)
}

export interface LayoutScan {
  add(line: string): void
  /** null where no column holds tags. @throws FileError for a column that was chosen and is none. */
  layout(settings?: ReadSettings): FoundLayout | null
}

/** Looks at the rows twice, as set apart by tabs and by white space, until one of them cannot be. Memory does not grow with the file. */
export function createLayoutScan(): LayoutScan {
  const tables = { '\t': createTable('\t'), ' ': createTable(' ') }
  let hasRowWithoutTab = false
  return {
    add(line) {
      if (isDocumentStart(line) || (line.startsWith('#') && !line.includes('\t'))) return
      if (isBlank(line)) {
        for (const table of Object.values(tables)) table.endSentence()
        return
      }
      hasRowWithoutTab ||= !line.includes('\t')
      if (!hasRowWithoutTab) tables['\t'].add(line)
      tables[' '].add(line)
    },
    layout(settings = {}) {
      const separator = hasRowWithoutTab ? ' ' : '\t'
      const usual = tables[separator].usual()
      return usual && layoutOf(separator, usual.columns, usual.rows, settings)
    },
  }
}

interface Rows {
  rows: number
  readonly columns: readonly ColumnStats[]
}

/** More columns, or more numbers of columns, than a file of tags has. */
const mostColumns = 100

function createTable(separator: ColumnLayout['separator']) {
  const byCount = new Map<number, Rows>()
  return {
    add(line: string): void {
      const cells = cellsOf(line, separator)
      if (cells.length > mostColumns || (byCount.size >= mostColumns && !byCount.has(cells.length))) return
      const found = byCount.get(cells.length) ?? { rows: 0, columns: cells.map(createColumnStats) }
      byCount.set(cells.length, found)
      found.rows++
      found.columns.forEach((column, at) => column.add(cells[at] ?? ''))
    },
    endSentence(): void {
      for (const { columns } of byCount.values()) for (const column of columns) column.endSentence()
    },
    /** The rows of the number of columns that most have. */
    usual(): Rows | null {
      return [...byCount.values()].sort((a, b) => b.rows - a.rows)[0] ?? null
    },
  }
}

function layoutOf(
  separator: ColumnLayout['separator'],
  columns: readonly ColumnStats[],
  rows: number,
  settings: ReadSettings,
): FoundLayout | null {
  const { length } = columns
  if (length < 2) return null
  const tag = chosenColumn(settings.tagColumn, 'tag', length) ?? findTags(columns, separator)
  if (tag === null) return null
  const chosenToken = chosenColumn(settings.tokenColumn, 'token', length)
  const others = columns.map((_, at) => at).filter((at) => at !== tag)
  const isPos = (at: number): boolean => columns[at]?.isPos() ?? false
  const token = chosenToken ?? others.find((at) => !columns[at]?.isIndex() && !(isPos(at) && at > 0)) ?? others[0] ?? 0
  const pos = others.find((at) => at !== token && isPos(at) && columns[at]?.isTags() === 'no') ?? null
  const found = columns[tag]?.scheme() ?? { scheme: 'BIO2', reason: '' }
  const scheme = settings.tagScheme ?? found.scheme
  const sign = separator === '\t' ? 'tabs' : 'white space'
  const parts = [
    `${countOf(length, 'column')} set apart by ${sign} on ${formatCount(rows)} rows: words in column ${token + 1}`,
    ...(pos === null ? [] : [`parts of speech in column ${pos + 1}`]),
    `tags in column ${tag + 1}, ${settings.tagScheme ? `read as ${scheme} as chosen` : `which are ${scheme} (${found.reason})`}`,
  ]
  return { separator, columns: length, token, tag, pos, scheme, evidence: parts.join(', ') }
}

/** The last column of which all cells are tags. A column of O alone is one where it is the last of a file with tabs. */
function findTags(columns: readonly ColumnStats[], separator: ColumnLayout['separator']): number | null {
  const last = columns.findLastIndex((column) => column.isTags() === 'some')
  if (last >= 0) return last
  return separator === '\t' && columns.at(-1)?.isTags() === 'all-outside' ? columns.length - 1 : null
}

function chosenColumn(value: string | undefined, what: string, columns: number): number | null {
  if (value === undefined || value.trim() === '') return null
  const named = { first: 1, last: columns }[value.trim()]
  const number = named ?? Number(value)
  if (Number.isInteger(number) && number >= 1 && number <= columns) return number - 1
  throw new FileError(`the ${what} column must be "first", "last" or a number from 1 to ${columns}, found "${value}"`)
}
