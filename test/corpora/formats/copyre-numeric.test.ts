/** Numeric JSON of CopyRE: numbers that mean nothing without two maps. */
import { describe, expect, it } from 'vitest'
import { copyreNumeric } from '#main/corpora/formats/copyre-numeric/read'
import { readText } from '../../support/corpus-files.ts'

const maps = {
  'words2id.json': JSON.stringify({ Mara: 1, Velt: 2, founded: 3, Orbisk: 4, Labs: 5, '.': 6, constructor: 7 }),
  'relations2id.json': JSON.stringify({ None: 0, founder_of: 1 }),
}
const parse = async (value: unknown, beside: Record<string, string> = maps) =>
  await readText(copyreNumeric, JSON.stringify(value), 'train.json', {}, beside)

describe('numeric JSON of CopyRE', () => {
  it('has its words and relations in maps, and positions of last words', async () => {
    const { docs, problems } = await parse([
      [6, 2],
      [
        [1, 2, 3, 4, 5, 6, 0, 0],
        [99, 6],
      ],
      [[1, 4, 1, 4, 1, 0], []],
    ])
    expect(docs.map(({ text }) => text)).toEqual(['Mara Velt founded Orbisk Labs .', '[unknown] .'])
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 1, end: 2 },
        { start: 4, end: 5 },
      ],
      relations: [{ subject: 's1', type: 'founder_of', object: 's2' }],
    })
    expect(problems.map(({ message }) => message)).toEqual([
      'subjects and objects are the last words of their names: compare with figures of partial match alone',
      '1 triple of the type "None", which means no relation, left out (the first is here)',
      '1 word that the map of words does not know, taken as "[unknown]" (the first is here)',
    ])
  })

  it('may come without lengths', async () => {
    expect((await parse([[[1, 7]], [[]]])).docs.map(({ text }) => text)).toEqual(['Mara constructor'])
  })

  it.each([
    [
      'words2id.json',
      { 'relations2id.json': '{}' },
      'it means nothing without words2id.json, which is not beside it: put both into one folder.',
    ],
    [
      'relations2id.json',
      { ...maps, 'relations2id.json': '{"a": "b"}' },
      'relations2id.json: "a": expected a whole number, found "b".',
    ],
  ])('is refused without its map %s', async (_, beside, message) => {
    expect((await parse([[1], [[1]], [[]]], beside)).problems).toMatchObject([{ line: null, message }])
  })

  it('is refused where its arrays do not match, and rejects a sentence that is amiss', async () => {
    expect((await parse([[1], [[1], [2]], [[]]])).problems[0]?.message).toContain(
      'expected as many triples as sentences, found 1, 2, 1',
    )
    expect((await parse([{}, [], []])).problems[0]?.message).toContain('expected three arrays')
    const { problems } = await parse([
      [1, 1],
      [[1], [1]],
      [
        [0, 0, 9],
        [0, 3, 1],
      ],
    ])
    expect(problems.filter(({ severity }) => severity === 'rejected').map(({ message }) => message)).toEqual([
      'triples[2]: relations2id.json has no relation of the number 9',
      'triples[1]: expected a whole number from 0 to 0, found 3',
    ])
  })
})
