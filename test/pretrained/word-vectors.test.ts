import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWordVectors } from '#main/corpora/word-vectors'

const parse = (text: string, ...words: string[]) => parseWordVectors([text], 'glove.txt', new Set(words))

/** Words as published files have them: no U+0020 and no line ends, but anything else, numbers included. */
const word = fc
  .string({ minLength: 1, maxLength: 6, unit: 'grapheme' })
  .filter((text) => !/[ \n\r\ufeff]/.test(text) && text === text.toLowerCase())
const number = fc.float({ noNaN: true, noDefaultInfinity: true })
const table = fc.integer({ min: 1, max: 5 }).chain((dimension) =>
  fc.uniqueArray(fc.tuple(word, fc.array(number, { minLength: dimension, maxLength: dimension })), {
    minLength: 1,
    maxLength: 8,
    selector: ([text]) => text,
  }),
)

describe('word vectors', () => {
  it('keeps exactly the needed rows of any file, however it arrives in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n', ' \n'),
        fc.integer({ min: 1, max: 9 }),
        fc.func(fc.boolean()),
        async (rows, hasHeader, end, pieceSize, isNeeded) => {
          const dimension = rows[0]?.[1].length ?? 0
          const header = hasHeader ? `${rows.length} ${dimension}${end}` : ''
          const text = header + rows.map(([name, numbers]) => `${[name, ...numbers].join(' ')}${end}`).join('')
          const pieces = Array.from({ length: Math.ceil(text.length / pieceSize) }, (_, piece) =>
            text.slice(piece * pieceSize, (piece + 1) * pieceSize),
          )
          // without a header, "5 7" alone could be a header or a word of width 1
          fc.pre(hasHeader || !/^\d+ \d+\s/.test(text))
          const needed = rows.filter(([name]) => isNeeded(name))
          const found = await parseWordVectors(pieces, 'glove.txt', new Set(needed.map(([name]) => name)))
          expect(found.dimension).toBe(dimension)
          expect(found.words).toEqual(needed.map(([name]) => name))
          expect([...found.values].map((value) => value + 0)).toEqual(
            needed.flatMap(([, numbers]) => numbers).map((value) => value + 0),
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  it('prefers the lower-case spelling, wherever it stands, and else takes the first', async () => {
    const { words, values } = await parse(
      'Paris 1 1.5\nparis 2 2.5\nPARIS 3 3.5\nROME 4 4.5\nRome 5 5.5\n',
      'paris',
      'rome',
    )
    expect(words).toEqual(['paris', 'rome'])
    expect([...values]).toEqual([2, 2.5, 4, 4.5])
  })

  it('reads words that contain spaces, as one published file has them', async () => {
    const { words, values } = await parse('the 1 2 3\nat 2 pm 4 5 6\n. . 7 8 9\nat 1 1 1\n', '. .', 'at')
    expect(words).toEqual(['. .', 'at'])
    expect([...values]).toEqual([7, 8, 9, 1, 1, 1])
  })

  it('skips a byte order mark and blank lines', async () => {
    expect((await parse('\ufeffa 1 2\n\nb 3 4\n\n', 'a', 'b')).words).toEqual(['a', 'b'])
  })

  it.each([
    ['', 'glove.txt holds no word vectors: expected one word and its numbers per line'],
    [
      '{"words": []}\n',
      'glove.txt, line 1: expected a word and its numbers, separated by spaces, found "{"words": []}"',
    ],
    ['a 1 2\nb 3\n', 'glove.txt, line 2: expected "b" and 2 numbers, found 1'],
    ['a 1 2\nb 3 x4\n', 'glove.txt, line 2: expected "b" and 2 numbers, found "x4" among them'],
    [
      '3 2\na 1 2\nb 3 4\n',
      'glove.txt holds 2 word vectors, but its first line promises 3: it is cut off, get it again',
    ],
  ])('refuses %j, naming the place and what was expected', async (text, message) => {
    await expect(parse(text, 'a', 'b')).rejects.toThrow(message)
  })
})
