/**
 * Word vectors as text (GloVe, fastText, word2vec): a word and its numbers per line, sometimes after a line "count
 * width".
 */
import { assertCount, excerpt, parseHeader, toFloats } from './vector-rows.ts'
import type { VectorRows } from './vector-reader.ts'
import type { ReadVectors } from './vector-reader.ts'

/** Number of first rows that are checked even if they are not needed: enough to tell a wrong width from a wrong row. */
const firstRows = 10

export const readTextVectors: ReadVectors = (bytes, file, rows) =>
  walkTextVectors(bytes, file, ({ text, line, isFirst }, width) => {
    if (!isFirst && !mayBeWanted(text, rows)) return
    const { word, vector } = parseTextRow(text, width, `${file}, line ${line}`)
    if (rows.wants(word)) rows.put(word, vector)
  }).then(({ width }) => width.dimension)

/** A row as it stands in the file. */
interface TextRow {
  readonly text: string
  /** Number of the line, from 1. */
  readonly line: number
  /** Offset and number of its bytes in the file, without the end of the line. */
  readonly offset: number
  readonly length: number
  /** Is it among the first rows, which are checked even if they are not needed? */
  readonly isFirst: boolean
}

/** The places of all rows, each with its word as it is spelled there. @throws Error as reading does, needed rows apart. */
export async function placeTextVectors(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  take: (spelling: string, row: Pick<TextRow, 'line' | 'offset' | 'length'>) => void,
): Promise<TextWidth> {
  const { width } = await walkTextVectors(bytes, file, (row, known) => {
    if (row.isFirst) parseTextRow(row.text, known, `${file}, line ${row.line}`)
    take(spellingOf(row.text), row)
  })
  return width
}

async function walkTextVectors(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  onRow: (row: TextRow, width: TextWidth) => void,
): Promise<{ readonly width: TextWidth }> {
  let promised: number | null = null
  let width: TextWidth | null = null
  let line = 0
  let count = 0
  let last = { text: '', line: 0 }
  for await (const { text, offset, length } of linesOf(bytes)) {
    line++
    const header = line === 1 ? parseHeader(text, file) : null
    if (header) {
      promised = header.count
      width = { dimension: header.dimension, source: `line 1 promises ${header.dimension}` }
    }
    if (header || text === '') continue
    count++
    last = { text, line }
    width ??= widthOf(text, line, file)
    onRow({ text, line, offset, length, isFirst: count <= firstRows }, width)
  }
  if (width === null) throw new Error(`${file} holds no word vectors: expected one word and its numbers per line`)
  if (promised !== null) assertCount(file, count, promised)
  parseTextRow(last.text, width, `${file}, line ${last.line}`) // for a file without a header, only its last row shows that it is cut off
  return { width }
}

export interface TextWidth {
  readonly dimension: number
  /** Line that the width was taken from. */
  readonly source: string
}

const lineFeed = 0x0a
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

interface Line {
  readonly text: string
  readonly offset: number
  /** Number of bytes without the line feed. */
  readonly length: number
}

/** Lines without their ends, from chunks that may break anywhere. A byte order mark is dropped. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let offset = 0
  let rest: Uint8Array[] = []
  function take(end: Uint8Array): Line {
    const bytes = rest.length === 0 ? end : joined([...rest, end])
    rest = []
    const text = trimEnd(decoder.decode(bytes))
    const line = { text: offset === 0 ? text.replace(/^\uFEFF/, '') : text, offset, length: bytes.length }
    offset += bytes.length + 1
    return line
  }
  for await (const chunk of chunks) {
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      yield take(chunk.subarray(start, end))
      start = end + 1
    }
    if (start < chunk.length) rest.push(chunk.slice(start))
  }
  if (rest.length > 0) yield take(new Uint8Array(0))
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Removes the end of a line only: words may contain other white space. */
const trimEnd = (line: string): string => line.replace(/[ \r]+$/, '')

/** Width of the first row. @throws Error when the row has no numbers. */
function widthOf(line: string, number: number, file: string): TextWidth {
  const { length } = splitRow(line).numbers
  if (length > 0) return { dimension: length, source: `line ${number} has ${length}` }
  throw new Error(
    `${file}, line ${number}: expected a word and its numbers, separated by spaces, found "${excerpt(line)}". ` +
      'Give word vectors as GloVe, fastText, word2vec or wink publish them.',
  )
}

/** Whether a row may belong to a needed word. The first field alone is enough, since a broken number may follow it. */
function mayBeWanted(line: string, rows: VectorRows): boolean {
  const end = line.indexOf(' ')
  const first = end < 0 ? line : line.slice(0, end)
  if (rows.wants(first)) return true
  // most lines have no space in their word, and splitting all of them would take minutes
  const [second = ''] = line.slice(first.length + 1, first.length + 40).split(' ', 1)
  return !startsNumbers(second) && rows.wants(splitRow(line).word)
}

/**
 * Splits a row. Some published words contain spaces (glove.840B has ". . ." and "at name@domain.com"), but none has a
 * number after its first space. So the numbers begin at the first number there, and a row of another width is not
 * mistaken for another word.
 */
function splitRow(line: string): { word: string; numbers: readonly string[] } {
  const fields = line.split(' ')
  const start = fields.findIndex((field, at) => at > 0 && startsNumbers(field))
  const end = start < 0 ? fields.length : start
  return { word: fields.slice(0, end).join(' ').replace(/ +$/, ''), numbers: fields.slice(end) }
}

/** The word of a row, as it is spelled there. */
function spellingOf(line: string): string {
  const end = line.indexOf(' ')
  if (end < 0) return line
  // most words have no space, and splitting every row would take minutes
  const [second = ''] = line.slice(end + 1, end + 40).split(' ', 1)
  return startsNumbers(second) ? line.slice(0, end) : splitRow(line).word
}

/** A row without the end of its line. @throws Error that names the place when its width is another or a number is none. */
export function parseTextRow(line: string, width: TextWidth, place: string): { word: string; vector: Float32Array } {
  const { word, numbers } = splitRow(line)
  const wrong = numbers.find((field) => !isNumber(field))
  if (numbers.length !== width.dimension || wrong !== undefined)
    throw new Error(
      `${place}: expected "${excerpt(word)}" and ${width.dimension} numbers, found ${
        wrong === undefined ? numbers.length : `"${excerpt(wrong)}" among them`
      } (${width.source}). Every line needs the same width: get the file again or correct what differs.`,
    )
  return { word, vector: toFloats(numbers.map(Number), `${place} ("${excerpt(word)}")`) }
}

const isNumber = (field: string): boolean => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(field)

/** Whether a field is a number, or what programs write for one that is not finite, and so no part of a word. */
const startsNumbers = (field: string): boolean => isNumber(field) || /^[-+]?(nan|inf(inity)?)$/i.test(field)
