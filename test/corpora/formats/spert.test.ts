/** SpERT JSON and its relatives: words with ranges of them, relations by places in the record's own list. */
import { describe, expect, it } from 'vitest'
import { spert } from '#main/corpora/formats/spert/read'
import { typesNames } from '#main/corpora/formats/spert/types'
import { readText, writeText } from '../../support/corpus-files.ts'

const words = ['Mara', 'Velt', 'founded', 'Orbisk', 'Labs', 'in', 'Tarnow', '.']
const record = {
  tokens: words,
  entities: [
    { type: 'PER', start: 0, end: 2 },
    { type: 'ORG', start: 3, end: 5 },
  ],
  relations: [{ type: 'founder_of', head: 0, tail: 1 }],
  orig_id: 3,
}
const parse = async (value: unknown, beside = {}) =>
  await readText(spert, JSON.stringify(value), 'conll04_train.json', {}, beside)

describe('a record of SpERT', () => {
  it('becomes words, spans with half-open ranges and relations between them, and keeps its further keys', async () => {
    const { docs, problems, counts } = await parse([record])
    expect(problems).toEqual([])
    expect(counts).toMatchObject({ accepted: 1, rejected: 0 })
    const [doc] = docs
    expect(doc).toMatchObject({ text: words.join(' '), sourceExtra: { orig_id: 3 } })
    expect(doc?.annotations[0]).toMatchObject({
      spans: [
        { id: 's1', start: 0, end: 2, label: 'PER', provenance: { origin: 'import', author: 'conll04_train.json' } },
        { id: 's2', start: 3, end: 5, label: 'ORG' },
      ],
      relations: [{ subject: 's1', type: 'founder_of', object: 's2' }],
    })
  })

  it('keeps the score of a prediction as its confidence', async () => {
    const scored = { ...record, entities: record.entities.map((entity) => ({ ...entity, score: 0.5 })) }
    expect((await parse([scored])).docs[0]?.annotations[0]?.spans[0]?.provenance.confidence).toBe(0.5)
  })

  it('takes repeated spans once, and relations of the repeat go to the first', async () => {
    const { docs, repeats } = await parse([
      {
        tokens: ['Mara', 'met', 'Ada'],
        entities: [0, 0, 2].map((start) => ({ type: 'PER', start, end: start + 1 })),
        relations: [{ type: 'met', head: 1, tail: 2 }],
      },
    ])
    expect(docs[0]?.annotations[0]?.relations).toMatchObject([{ subject: 's1', object: 's3' }])
    expect(repeats).toEqual(['1 repeated span'])
  })

  it('may have words without a character, which are left out while spans move with the rest', async () => {
    const { docs, repairs } = await parse([
      {
        tokens: ['', 'Mara', '', 'Velt', 'left'],
        entities: [
          { type: 'PER', start: 1, end: 4 },
          { type: 'X', start: 0, end: 1 },
        ],
        relations: [],
      },
    ])
    expect(docs[0]?.text).toBe('Mara Velt left')
    expect(docs[0]?.annotations[0]?.spans).toMatchObject([{ start: 0, end: 2, label: 'PER' }])
    expect(repairs).toEqual(['2 words without a character, left out'])
  })

  it.each([
    [
      { ...record, entities: [{ type: 'PER', start: 0, end: 9 }] },
      'entities[0].end: expected a whole number from 1 to 8, found 9',
    ],
    [
      { ...record, entities: [{ type: 'PER', start: 2, end: 2 }] },
      'entities[0].end: expected a whole number from 3 to 8',
    ],
    [
      { ...record, relations: [{ type: 'x', head: 0, tail: 2 }] },
      'relations[0].tail: expected a whole number from 0 to 1, found 2',
    ],
    [{ ...record, entities: [] }, 'relations[0]: expected entities that it joins, found none'],
    [{ ...record, tokens: [] }, 'tokens: it holds no words'],
    [{ ...record, tokens: ['Mara', 7] }, 'tokens[1]: expected a string, found 7'],
  ])('is rejected by field where something is amiss, and the others are read', async (bad, message) => {
    const { problems, counts } = await parse([record, bad, record])
    expect(counts).toMatchObject({ accepted: 2, rejected: 1 })
    expect(problems).toMatchObject([{ line: 2, message: expect.stringContaining(message) as string }])
  })

  it('may be a list of words or a string, as in input for prediction', async () => {
    const { docs } = await parse([['Mara', 'left.'], 'Ada slept.', { tokens: ['She', 'woke'] }])
    expect(docs.map(({ text, tokens }) => [text, tokens.length])).toEqual([
      ['Mara left.', 2],
      ['Ada slept.', 3],
      ['She woke', 2],
    ])
  })
})

describe('a record of TablERT', () => {
  it('has tags in place of entities, which its relations count in the order of the text', async () => {
    const { docs } = await parse([
      {
        tokens: words,
        tags: ['B-Peop', 'L-Peop', 'O', 'B-Org', 'L-Org', 'O', 'U-Loc', 'O'],
        relations: [{ type: 'OrgBased_In', head: 1, tail: 2 }],
        orig_id: 1,
      },
    ])
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 0, end: 2, label: 'Peop' },
        { start: 3, end: 5, label: 'Org' },
        { start: 6, end: 7, label: 'Loc' },
      ],
      relations: [{ subject: 's2', object: 's3' }],
    })
  })
})

describe('the file of types', () => {
  const types = {
    entities: { PER: { short: 'PER', verbose: 'Person' }, VEH: { short: 'VEH', verbose: 'VEH' } },
    relations: { founder_of: { short: 'Found', verbose: 'founder of', symmetric: true } },
  }

  it('is found beside the corpus and states its label set', async () => {
    const { labels, problems } = await parse([record], { 'conll04_types.json': JSON.stringify(types) })
    expect(labels).toEqual({
      entityTypes: [{ name: 'PER', guideline: 'Person' }, { name: 'VEH' }, { name: 'ORG' }],
      relationTypes: [{ name: 'founder_of', guideline: 'founder of', symmetric: true }],
      signatures: [],
    })
    expect(problems.map(({ message }) => message)).toEqual([
      'its types are stated in conll04_types.json',
      'conll04_types.json: founder_of: symmetric in the file. Of both directions of a relation one is kept, that of the earlier mention, and they are scored as one',
    ])
  })

  it('has the name of the corpus without its split', () => {
    expect(typesNames('data/ade_split_1_train.json')).toEqual([
      ...['ade_split_1_train_types.json', 'ade_split_1_types.json', 'ade_split_types.json', 'ade_types.json'],
      'types.json',
    ])
  })

  it('is named when it is broken', async () => {
    const { problems } = await parse([record], { 'types.json': '{"entities": 5, "relations": {}}' })
    expect(problems).toMatchObject([
      { line: null, message: 'types.json, which states its types: entities: expected an object, found 5.' },
    ])
  })

  it('is written beside the corpus and reads back', async () => {
    const { docs, labels } = await parse([record], { 'types.json': JSON.stringify(types) })
    const { files } = await writeText(spert, docs, labels)
    expect((await readText(spert, String(files['corpus.json']), 'corpus.json', {}, files)).labels).toEqual(labels)
  })
})
