/** The table of a WebAnno TSV file: its text, put together from the sentences, and its rows with offsets in UTF-16 units. */
import { longestWhole } from '../../text-input.ts'
import { FileError } from '../../shared/problem-log.ts'
import { unescapeText } from './cells.ts'
import { readLayers, type TsvLayer } from './layers.ts'

export interface TsvRow {
  /** Number of the line in the file, from 1. */
  readonly line: number
  /** "1-2" for a token, "1-2.1" for a part of one. */
  readonly address: string
  /** Offsets into the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly word: string
  /** The cells of all layers. */
  readonly cells: readonly string[]
}

export interface TsvSentence {
  /** Lines before its rows that are not its text: "#Sentence.id=s1". */
  readonly comments: readonly string[]
  /** Offset at which its text begins, in UTF-16 units. */
  readonly begin: number
  readonly text: string
  readonly rows: readonly TsvRow[]
}

export interface TsvTable {
  readonly version: string
  readonly layers: readonly TsvLayer[]
  readonly text: string
  readonly sentences: readonly TsvSentence[]
}

interface Line {
  readonly text: string
  readonly number: number
}

export function isToken({ address }: TsvRow): boolean {
  return !address.includes('.')
}

/** @throws FileError naming the line. */
export function readTable(file: string): TsvTable {
  const lines = file.split(/\r?\n/).map((text, index): Line => ({ text, number: index + 1 }))
  const version = /^#FORMAT=WebAnno TSV (3\.\d+)\s*$/.exec(lines[0]?.text ?? '')?.[1]
  if (version === undefined)
    throw new FileError(
      `line 1: expected "#FORMAT=WebAnno TSV 3.3" or another 3.x, found "${(lines[0]?.text ?? '').slice(0, 60)}"`,
    )
  const body = lines.slice(1)
  const start = body.findIndex(({ text }) => text !== '' && !text.startsWith('#T_'))
  const layers = readLayers(start < 0 ? body : body.slice(0, start))
  const columns = layers.reduce((sum, layer) => sum + layer.columns.length, 0)
  const parts: string[] = []
  const sentences: TsvSentence[] = []
  let length = 0
  for (const block of start < 0 ? [] : blocksOf(body.slice(start))) {
    const sentence = readSentence(block, columns, length)
    parts.push(gap(sentence.begin - length), sentence.text)
    length = sentence.begin + sentence.text.length
    sentences.push(sentence)
  }
  return { version, layers, text: parts.join(''), sentences }
}

function readSentence(block: readonly Line[], columns: number, length: number): TsvSentence {
  const said = block.filter(({ text }) => text.startsWith('#Text='))
  const rows = block.filter(({ text }) => !text.startsWith('#')).map((line) => readRow(line, columns))
  const stated = said.map(({ text }) => text.slice('#Text='.length)).join('\n')
  const comments = block.filter(({ text }) => text.startsWith('#') && !text.startsWith('#Text='))
  const place = placeSentence(stated, rows, length, block[0]?.number ?? 1)
  return { comments: comments.map(({ text }) => text), ...place, rows }
}

/** The text between sentences is not stored: a line break and spaces take its place, so that offsets are right. */
function gap(length: number): string {
  return length > 0 ? `\n${' '.repeat(length - 1)}` : ''
}

function blocksOf(lines: readonly Line[]): Line[][] {
  const blocks: Line[][] = [[]]
  for (const line of lines) {
    const last = blocks.at(-1)
    const endsRows = last?.some(({ text }) => !text.startsWith('#')) === true
    if (line.text === '') blocks.push([])
    else if (line.text.startsWith('#') && endsRows && /^#(?:Text|Sentence)/.test(line.text)) blocks.push([line])
    else last?.push(line)
  }
  return blocks.filter((block) => block.length > 0)
}

function readRow({ text, number }: Line, columns: number): TsvRow {
  const [address = '', offsets = '', word = '', ...cells] = text.split('\t')
  const [, start, end] = /^(\d{1,9})-(\d{1,9})$/.exec(offsets) ?? []
  if (!/^\d+-\d+(?:\.\d+)?$/.test(address) || start === undefined || end === undefined)
    throw new FileError(`line ${number}: expected "1-1, tab, 0-4, tab, word", found "${text.slice(0, 60)}"`)
  const own = cells.at(-1) === '' ? cells.slice(0, -1) : cells
  if (own.length !== columns)
    throw new FileError(
      `line ${number}: expected ${columns} columns of layers, as the head names them, found ${own.length}`,
    )
  return { line: number, address, start: Number(start), end: Number(end), word, cells: own }
}

/**
 * Finds the beginning of a sentence: its words stand in its text at their offsets. Control characters may be escaped in it, or not.
 * @throws FileError when they do not, however it is read.
 */
function placeSentence(stated: string, rows: readonly TsvRow[], length: number, line: number) {
  const tokens = rows.filter(isToken)
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (!first || !last)
    throw new FileError(`line ${line}: expected rows of tokens after the text of a sentence, found none`)
  if (last.end > longestWhole) throw new FileError(`line ${last.line}: its offset ${last.end} is too large`)
  if (first.start < length)
    throw new FileError(
      `line ${first.line}: its offset ${first.start} lies before the end of the sentence before it, ${length}`,
    )
  let wrong = first
  for (const read of [unescapeText, (raw: string) => raw]) {
    const text = read(stated)
    const lead = text.length - text.trimStart().length
    for (const begin of [first.start - lead, first.start]) {
      const other = tokens.find(({ start, end, word }) => text.slice(start - begin, end - begin) !== read(word))
      if (other === undefined && begin >= length) return { begin, text }
      wrong = other ?? wrong
    }
  }
  throw new FileError(
    `line ${wrong.line}: its word "${wrong.word.slice(0, 40)}" does not stand at ${wrong.start}-${wrong.end} in the text of its sentence`,
  )
}
