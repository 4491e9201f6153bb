/**
 * Word vectors as text (GloVe, fastText, word2vec): a word and its numbers per line, sometimes after a line "count
 * width".
 */
import { assertCount, excerpt, parseHeader, toFloats } from './vector-rows.ts'
import type { VectorRows } from './vector-reader.ts'
import type { ReadVectors } from './vector-reader.ts'

/** Number of first rows that are checked even if they are not needed: enough to tell a wrong width from a wrong row. */
const firstRows = 10

export const readTextVectors: ReadVectors = async (bytes, file, rows) => {
  const place = (line: number): string => `${file}, line ${line}`
  let promised: number | null = null
  let width: Width | null = null
  let line = 0
  let count = 0
  let last = { text: '', line: 0 }
  for await (const text of linesOf(bytes)) {
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
    if (count > firstRows && !mayBeWanted(text, rows)) continue
    const { word, vector } = parseRow(text, width, place(line))
    if (rows.wants(word)) rows.put(word, vector)
  }
  if (width === null) throw new Error(`${file} holds no word vectors: expected one word and its numbers per line`)
  if (promised !== null) assertCount(file, count, promised)
  parseRow(last.text, width, place(last.line)) // for a file without a header, only its last row shows that it is cut off
  return width.dimension
}

interface Width {
  readonly dimension: number
  /** Line that the width was taken from. */
  readonly source: string
}

/** Lines without their ends, from chunks that may break anywhere. A byte order mark is dropped. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield trimEnd(line)
  }
  rest += decoder.decode()
  if (rest !== '') yield trimEnd(rest)
}

/** Removes the end of a line only: words may contain other white space. */
const trimEnd = (line: string): string => line.replace(/[ \r]+$/, '')

/** Width of the first row. @throws Error when the row has no numbers. */
function widthOf(line: string, number: number, file: string): Width {
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

function parseRow(line: string, width: Width, place: string): { word: string; vector: Float32Array } {
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
