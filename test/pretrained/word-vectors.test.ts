import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWordVectors } from '#main/pretrained/word-vectors'
import { formatInt8Vectors } from '#main/pretrained/vector-int8'
import type { WordVectors } from '#main/pretrained/vector-reader'

type Row = readonly [word: string, numbers: readonly number[]]

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const textRows = (rows: readonly Row[], end: string): string =>
  rows.map(([word, numbers]) => `${[word, ...numbers].join(' ')}${end}`).join('')

const headerOf = (rows: readonly Row[]): string => `${rows.length} ${rows[0]?.[1].length ?? 0}\n`

function binary(
  rows: readonly Row[],
  end: string,
  promised = rows.length,
  width = rows[0]?.[1].length ?? 0,
): Uint8Array {
  const parts = rows.flatMap(([word, numbers]) => [
    bytesOf(`${word} `),
    new Uint8Array(Float32Array.from(numbers).buffer),
    bytesOf(end),
  ])
  const header = bytesOf(`${promised} ${width}\n`)
  return Uint8Array.from([header, ...parts].flatMap((part) => [...part]))
}

function wink(rows: readonly Row[], dimension = rows[0]?.[1].length ?? 0): Uint8Array {
  const words = rows.map(([word]) => word)
  const vectors = Object.fromEntries(rows.map(([word, numbers], rank) => [word, [...numbers, 1.5, rank]]))
  return bytesOf(
    JSON.stringify({ precision: 8, size: rows.length, dimensions: dimension, words, vectors, unkVector: [0] }),
  )
}

const pair: readonly Row[] = [
  ['a', [1, 2]],
  ['b', [3, 4]],
]

/** Of width 2, and of words that nobody needs. */
const plainRows = (count: number): string => 'x 1 2\n'.repeat(count)

/** Every format that holds the same table. */
const formats: Record<string, (rows: readonly Row[]) => Uint8Array> = {
  'GloVe text': (rows) => bytesOf(textRows(rows, '\n')),
  'text with line ends of Windows': (rows) => bytesOf(textRows(rows, '\r\n')),
  'fastText text': (rows) => bytesOf(headerOf(rows) + textRows(rows, ' \n')),
  'word2vec binary': (rows) => binary(rows, '\n'),
  'word2vec binary without line ends': (rows) => binary(rows, ''),
  'wink JSON': wink,
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size))
}

const parse = (bytes: Uint8Array | string, ...words: string[]): Promise<WordVectors> =>
  parseWordVectors(inPieces(typeof bytes === 'string' ? bytesOf(bytes) : bytes, 7), 'vectors.x', new Set(words))

/** Words as published files have them: no U+0020 and no line ends, but anything else, numbers included. */
const word = fc
  .string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
  .filter((text) => !/[ \n\r\ufeff]/.test(text) && text === text.toLowerCase() && text !== '__proto__')
const number = fc.float({ noNaN: true, noDefaultInfinity: true })
const table = fc.integer({ min: 3, max: 6 }).chain((dimension) =>
  fc.uniqueArray(fc.tuple(word, fc.array(number, { minLength: dimension, maxLength: dimension })), {
    minLength: 1,
    maxLength: 8,
    selector: ([text]) => text,
  }),
)

describe.each(Object.entries(formats))('word vectors as %s', (_, write) => {
  it('keep exactly the needed rows, however the file arrives in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 99 }), fc.func(fc.boolean()), async (rows, size, isNeeded) => {
        const needed = new Map(rows.filter(([name]) => isNeeded(name)))
        const found = await parseWordVectors(inPieces(write(rows), size), 'vectors.x', new Set(needed.keys()))
        const dimension = rows[0]?.[1].length ?? 0
        expect(found.dimension).toBe(dimension)
        expect(new Set(found.words)).toEqual(new Set(needed.keys()))
        found.words.forEach((name, row) => {
          const values = [...found.values.subarray(row * dimension, (row + 1) * dimension)]
          expect(values.map((value) => value + 0)).toEqual(needed.get(name)?.map((value) => value + 0)) // no -0
        })
      }),
      { numRuns: 100 },
    )
  })

  it('prefer the lower-case spelling, wherever it stands, and else the first', async () => {
    const rows: Row[] = [
      ['Paris', [1, 1.5, 1]],
      ['paris', [2, 2.5, 2]],
      ['PARIS', [3, 3.5, 3]],
      ['ROME', [4, 4.5, 4]],
      ['Rome', [5, 5.5, 5]],
    ]
    const { words, values } = await parse(write(rows), 'paris', 'rome')
    expect(words).toEqual(['paris', 'rome'])
    expect([...values]).toEqual([2, 2.5, 2, 4, 4.5, 4])
  })
})

describe('word vectors', () => {
  it('may have spaces in their words, as one published file has them', async () => {
    const published = 'the 1 2 3\nat name@domain.com 4 5 6\n. . . 7 8 9\n2 x 6 6 6\nat 1 1 1\n'
    const { words, values } = await parse(published, '. . .', 'at', '2 x')
    expect(words).toEqual(['. . .', '2 x', 'at'])
    expect([...values]).toEqual([7, 8, 9, 6, 6, 6, 1, 1, 1])
  })

  it('of one byte a number lose at most half a step of their row, however the file arrives', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 99 }), async (rows, size) => {
        const names = rows.map(([name]) => name)
        const dimension = rows[0]?.[1].length ?? 0
        const values = Float32Array.from(rows.flatMap(([, numbers]) => numbers.map((value) => value % 1e30)))
        const bytes = formatInt8Vectors({ dimension, words: names, values })
        const found = await parseWordVectors(inPieces(bytes, size), 'vectors.x', new Set(names))
        expect(found.words).toEqual(names)
        for (const row of names.keys()) {
          const own = values.subarray(row * dimension, (row + 1) * dimension)
          const step = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127
          const read = found.values.subarray(row * dimension, (row + 1) * dimension)
          read.forEach((value, at) => expect(Math.abs(value - (own[at] ?? 0))).toBeLessThanOrEqual(0.51 * step + 1e-43))
        }
      }),
      { numRuns: 50 },
    )
    const whole = formatInt8Vectors({ dimension: 1, words: ['a', 'b'], values: Float32Array.of(1, 2) })
    await expect(parse(whole.subarray(0, -1), 'a')).rejects.toThrow('vectors.x holds 1 word vectors, but its beginning')
    await expect(parse(Uint8Array.of(...whole, 0), 'a')).rejects.toThrow('vectors.x goes on after the 2 rows')
  })

  it('may have numbers for words, and more than one space after them', async () => {
    const { words, values } = await parse('2.5 1 2\n3  3 4\n', '2.5', '3')
    expect(words).toEqual(['2.5', '3'])
    expect([...values]).toEqual([1, 2, 3, 4])
  })

  it('are not checked row for row where no row is needed, since published files have their oddities', async () => {
    const many = Array.from({ length: 20 }, (_, row) => `w${row} 1 2\n`)
    const found = await parse([...many.slice(0, 15), 'odd 1 x 3\n', ...many.slice(15)].join(''), 'w3', 'w19')
    expect(found.words).toEqual(['w3', 'w19'])
  })

  it('may begin with a byte order mark and have blank lines', async () => {
    expect((await parse('\ufeffa 1 2\n\nb 3 4\n\n', 'a', 'b')).words).toEqual(['a', 'b'])
  })

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'vectors.x holds no word vectors: expected one word and its numbers per line'],
    [
      'prose',
      'Once upon a time\n',
      'vectors.x, line 1: expected a word and its numbers, separated by spaces, found "Once',
    ],
    ['a short row', 'a 1 2\nb 3\n', 'vectors.x, line 2: expected "b" and 2 numbers, found 1 (line 1 has 2)'],
    ['a short first row', 'x 1\ny 1 2\n', 'vectors.x, line 2: expected "y" and 1 numbers, found 2 (line 1 has 1)'],
    ['a wide row', 'x 1 2\nb 1 2 3 4\n', 'vectors.x, line 2: expected "b" and 2 numbers, found 4 (line 1 has 2)'],
    ['a bare word', `${plainRows(20)}b\n${plainRows(2)}`, 'line 21: expected "b" and 2 numbers, found 0'],
    [
      'a wide row far down',
      `${plainRows(20)}b 1 2 3 4\n${plainRows(2)}`,
      'line 21: expected "b" and 2 numbers, found 4',
    ],
    ['a last row cut off', `${plainRows(20)}x 1`, 'line 21: expected "x" and 2 numbers, found 1'],
    ['a letter', 'a 1 2\nb 3 x4\n', 'vectors.x, line 2: expected "b" and 2 numbers, found "x4" among them'],
    ['a number and more in a word', 'x 1 2\na 2 pm 1 2\n', 'line 2: expected "a" and 2 numbers, found "pm" among them'],
    [
      'no number amid the first row',
      'x 1 nan 3 4\n',
      'vectors.x, line 1: expected "x" and 4 numbers, found "nan" among',
    ],
    [
      'no number amid a row',
      'x 1 2 3\nb nan 2 3\n',
      'vectors.x, line 2: expected "b" and 3 numbers, found "nan" among',
    ],
    [
      'no number too many',
      'x 1 2\nb inf 2 3\n',
      'vectors.x, line 2: expected "b" and 2 numbers, found "inf" among them',
    ],
    ['no number under a header', '1 2\na 1 nan\n', 'vectors.x, line 2: expected "a" and 2 numbers, found "nan" among'],
    [
      'a letter under a header',
      `1 20\na${' 1'.repeat(19)} x\n`,
      'line 2: expected "a" and 20 numbers, found "x" among',
    ],
    ['a narrow header', '2 1\nx 1 2\ny 3 4\n', 'line 2: expected "x" and 1 numbers, found 2 (line 1 promises 1)'],
    ['a wide header', '2 3\nx 1 2\ny 3 4\n', 'line 2: expected "x" and 3 numbers, found 2 (line 1 promises 3)'],
    ['an empty header', '0 0\na 1 2\n', 'vectors.x, line 1: expected a count and a width of at least 1, found "0 0"'],
    [
      'a number too large',
      'a 1 2\nb 3 1e300\n',
      'vectors.x, line 2 ("b"): number 2 is 1e+300, more than float32 can hold',
    ],
    ['cut text', '3 2\na 1 2\nb 3 4\n', 'vectors.x holds 2 word vectors, but its beginning promises 3: it is cut off'],
    ['more text', '1 2\na 1 2\nb 3 4\n', 'holds 2 word vectors, more than the 1 that its beginning promises'],
    ['cut binary', binary([['a', [1, 2]]], '\n', 2), 'vectors.x holds 1 word vectors, but its beginning promises 2'],
    [
      'more binary',
      binary(pair, '\n', 1),
      'vectors.x goes on after the 1 rows of width 2 that its first line promises',
    ],
    ['narrow binary', binary(pair, '\n', 2, 1), 'vectors.x goes on after the 2 rows of width 1 that its first line'],
    ['wide binary', binary(pair, '\n', 2, 3), 'but its beginning promises 2'],
    ['a byte too many', binary(pair, '\n\n'), 'vectors.x goes on after the 2 rows'],
    [
      'empty binary',
      binary([], '', 0, 0),
      'vectors.x, line 1: expected a count and a width of at least 1, found "0 0"',
    ],
    ['binary of width 0', binary(pair, '', 2, 0), 'line 1: expected a count and a width of at least 1, found "2 0"'],
    ['half a row', binary([['a', [1, 2]]], '').slice(0, -3), 'vectors.x holds 0 word vectors'],
    ['no number', binary([['a', [1, Number.NaN]]], ''), 'vectors.x, row 1 ("a"): number 2 is NaN'],
    ['cut JSON', wink([['a', [1, 2]]]).slice(0, -60), 'vectors.x is not valid JSON, or cut off: get it again'],
    ['other JSON', '{"words": []}\n', 'vectors.x holds no word vectors: expected "vectors"'],
    [
      'narrow JSON',
      wink([['a', [1, 2]]], 9),
      'vectors.x, "vectors", "a": expected 9 numbers and at most 2 more, found 4: [1,2,1.5,0]',
    ],
    [
      'wide JSON',
      wink([['a', [1, 2, 3]]], 2),
      'vectors.x, "vectors", "a": expected 2 numbers and at most 2 more, found 5: [1,2,3,1.5,0]',
    ],
    ['JSON too large', wink([['a', [1, 1e300]]]), '"a": number 2 is 1e+300, more than float32 can hold'],
    ['more JSON', '{"size":1,"vectors":{"a":[1],"b":[2]}}', 'holds 2 word vectors, more than the 1 that its beginning'],
    ['an archive', 'PK\u0003\u0004abc', 'vectors.x is a zip archive: unpack it'],
  ])('of %s are refused, naming the place and what was expected', async (_, bytes, message) => {
    await expect(parse(bytes, 'a', 'b')).rejects.toThrow(message)
  })
})
