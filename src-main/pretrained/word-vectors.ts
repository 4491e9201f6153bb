/** Word vectors as text (GloVe, word2vec and fastText): a word and its numbers per line, read in a stream, needed rows kept. */

export interface WordVectors {
  readonly dimension: number
  /** In lower case, in the order of the file. */
  readonly words: readonly string[]
  /** Row after row, `words.length` x `dimension`. */
  readonly values: Float32Array
}

/**
 * Reads `chunks` of the text of `file` and keeps the rows of `neededWords` (lower case). A word is looked up in lower
 * case: of several spellings the lower-case one wins, else the first. Throws on a file of another format, on a needed
 * row of another width and on a file that is cut off, naming the line.
 */
export async function parseWordVectors(
  chunks: AsyncIterable<string> | Iterable<string>,
  file: string,
  neededWords: ReadonlySet<string>,
): Promise<WordVectors> {
  const rows = new Map<string, { readonly word: string; readonly vector: Float32Array }>()
  let header: Header | null = null
  let dimension: number | null = null
  let line = 0
  let count = 0
  for await (const text of linesOf(chunks)) {
    line++
    if (text === '' || (line === 1 && (header = parseHeader(text)))) continue
    count++
    dimension ??= header?.dimension ?? countNumbers(text, file, line)
    const key = keyOf(text, dimension)
    const rival = rows.get(key)
    if (!neededWords.has(key) || (rival && (rival.word === key || !text.startsWith(`${key} `)))) continue
    const row = parseRow(text, dimension, `${file}, line ${line}`)
    if (row.word.toLowerCase() === key) rows.set(key, row)
  }
  if (dimension === null) throw new Error(`${file} holds no word vectors: expected one word and its numbers per line`)
  if (header && count !== header.count)
    throw new Error(
      `${file} holds ${count} word vectors, but its first line promises ${header.count}: it is cut off, get it again`,
    )
  const values = new Float32Array(rows.size * dimension)
  ;[...rows.values()].forEach(({ vector }, row) => values.set(vector, row * vector.length))
  return { dimension, words: [...rows.keys()], values }
}

interface Header {
  readonly count: number
  readonly dimension: number
}

/** Lines without their ends, from pieces that may break anywhere. A byte order mark is dropped. */
async function* linesOf(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<string> {
  let rest = ''
  let isFirst = true
  for await (const chunk of chunks) {
    rest += isFirst ? chunk.replace(/^\ufeff/, '') : chunk
    isFirst &&= chunk === ''
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield trimEnd(line)
  }
  if (rest !== '') yield trimEnd(rest)
}

/** Only what ends a line: words may hold other white space. */
const trimEnd = (line: string): string => line.replace(/[ \r]+$/, '')

/** word2vec and fastText begin with "count dimension". */
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
        'Give word vectors as text, as GloVe publishes them.',
    )
  return count
}

/** The word in lower case: all but the last `dimension` fields, since some published words contain spaces. */
function keyOf(line: string, dimension: number): string {
  const first = line.slice(0, Math.max(0, line.indexOf(' ')))
  // most lines have no space in their word, and splitting all of them would take minutes
  const [second = ''] = line.slice(first.length + 1, first.length + 40).split(' ', 1)
  return (isNumber(second) ? first : line.split(' ').slice(0, -dimension).join(' ')).toLowerCase()
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

const excerpt = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)
