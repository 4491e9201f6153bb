/** Word vectors as text (GloVe, fastText, word2vec): a word and its numbers per line, sometimes after a line "count width". */
import { describeCut, excerpt } from './vector-rows.ts'
import type { ReadVectors } from './word-vectors.ts'

export const readTextVectors: ReadVectors = async (bytes, file, rows) => {
  let header: Header | null = null
  let dimension: number | null = null
  let line = 0
  let count = 0
  for await (const text of linesOf(bytes)) {
    line++
    if (text === '' || (line === 1 && (header = parseHeader(text)))) continue
    count++
    dimension ??= header?.dimension ?? countNumbers(text, file, line)
    if (!rows.wants(spellingOf(text, dimension))) continue
    const { word, vector } = parseRow(text, dimension, `${file}, line ${line}`)
    if (rows.wants(word)) rows.put(word, vector)
  }
  if (dimension === null) throw new Error(`${file} holds no word vectors: expected one word and its numbers per line`)
  if (header && count !== header.count) throw new Error(describeCut(file, count, header.count))
  return dimension
}

interface Header {
  readonly count: number
  readonly dimension: number
}

/** Lines without their ends, from pieces that may break anywhere. A byte order mark is dropped. */
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

/** Only what ends a line: words may hold other white space. */
const trimEnd = (line: string): string => line.replace(/[ \r]+$/, '')

function parseHeader(line: string): Header | null {
  const [, count, dimension] = /^(\d+) (\d+)$/.exec(line) ?? []
  return count && dimension ? { count: Number(count), dimension: Number(dimension) } : null
}

/** The width that the first row speaks for: its numbers, counted from the end. */
function countNumbers(line: string, file: string, number: number): number {
  const fields = line.split(' ').slice(1)
  const count = fields.length - 1 - fields.findLastIndex((field) => !isNumber(field))
  if (count === 0)
    throw new Error(
      `${file}, line ${number}: expected a word and its numbers, separated by spaces, found "${excerpt(line)}". ` +
        'Give word vectors as GloVe, fastText, word2vec or wink publish them.',
    )
  return count
}

/** All but the last `dimension` fields, since some published words contain spaces. */
function spellingOf(line: string, dimension: number): string {
  const first = line.slice(0, Math.max(0, line.indexOf(' ')))
  // most lines have no space in their word, and splitting all of them would take minutes
  const [second = ''] = line.slice(first.length + 1, first.length + 40).split(' ', 1)
  return isNumber(second) ? first : line.split(' ').slice(0, -dimension).join(' ')
}

function parseRow(line: string, dimension: number, place: string): { word: string; vector: Float32Array } {
  const fields = line.split(' ')
  const word = fields.slice(0, Math.max(1, fields.length - dimension)).join(' ')
  const numbers = fields.slice(fields.length - dimension)
  const wrong = numbers.findIndex((field) => !isNumber(field))
  if (fields.length <= dimension || wrong >= 0)
    throw new Error(
      `${place}: expected "${excerpt(word)}" and ${dimension} numbers, found ${
        fields.length <= dimension ? `${fields.length - 1}` : `"${excerpt(numbers[wrong] ?? '')}" among them`
      }. Every line needs the same width: get the file again or leave the line out.`,
    )
  return { word, vector: Float32Array.from(numbers, Number) }
}

const isNumber = (field: string): boolean => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(field)
