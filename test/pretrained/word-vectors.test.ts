import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWordVectors, type WordVectors } from '#main/pretrained/word-vectors'

type Row = readonly [word: string, numbers: readonly number[]]

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const textRows = (rows: readonly Row[], end: string): string =>
  rows.map(([word, numbers]) => `${[word, ...numbers].join(' ')}${end}`).join('')

const headerOf = (rows: readonly Row[]): string => `${rows.length} ${rows[0]?.[1].length ?? 0}\n`

function binary(rows: readonly Row[], end: string, promised = rows.length): Uint8Array {
  const parts = rows.flatMap(([word, numbers]) => [
    bytesOf(`${word} `),
    new Uint8Array(Float32Array.from(numbers).buffer),
    bytesOf(end),
  ])
  const header = bytesOf(`${promised} ${rows[0]?.[1].length ?? 0}\n`)
  return Uint8Array.from([header, ...parts].flatMap((part) => [...part]))
}

function wink(rows: readonly Row[], dimension = rows[0]?.[1].length ?? 0): Uint8Array {
  const words = rows.map(([word]) => word)
  const vectors = Object.fromEntries(rows.map(([word, numbers], rank) => [word, [...numbers, 1.5, rank]]))
  return bytesOf(
    JSON.stringify({ precision: 8, size: rows.length, dimensions: dimension, words, vectors, unkVector: [0] }),
  )
}

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
    const { words, values } = await parse('the 1 2 3\nat 2 pm 4 5 6\n. . 7 8 9\nat 1 1 1\n', '. .', 'at')
    expect(words).toEqual(['. .', 'at'])
    expect([...values]).toEqual([7, 8, 9, 1, 1, 1])
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
    ['a short row', 'a 1 2\nb 3\n', 'vectors.x, line 2: expected "b" and 2 numbers, found 1'],
    ['a letter', 'a 1 2\nb 3 x4\n', 'vectors.x, line 2: expected "b" and 2 numbers, found "x4" among them'],
    ['cut text', '3 2\na 1 2\nb 3 4\n', 'vectors.x holds 2 word vectors, but its beginning promises 3: it is cut off'],
    ['cut binary', binary([['a', [1, 2]]], '\n', 2), 'vectors.x holds 1 word vectors, but its beginning promises 2'],
    ['half a row', binary([['a', [1, 2]]], '').slice(0, -3), 'vectors.x holds 0 word vectors'],
    ['no number', binary([['a', [1, Number.NaN]]], ''), 'vectors.x, row 1 ("a"): number 2 is NaN'],
    ['cut JSON', wink([['a', [1, 2]]]).slice(0, -60), 'vectors.x is not valid JSON, or cut off: get it again'],
    ['other JSON', '{"words": []}\n', 'vectors.x holds no word vectors: expected "vectors"'],
    ['narrow JSON', wink([['a', [1, 2]]], 9), 'vectors.x, "vectors", "a": expected 9 numbers, found [1,2,1.5,0]'],
    ['an archive', 'PK\u0003\u0004abc', 'vectors.x is a zip archive: unpack it'],
  ])('of %s are refused, naming the place and what was expected', async (_, bytes, message) => {
    await expect(parse(bytes, 'a', 'b')).rejects.toThrow(message)
  })
})
