/** doccano: all shapes of its versions, offsets of either unit, further keys kept. */
import { describe, expect, it } from 'vitest'
import { doccano } from '#main/corpora/formats/doccano/read'
import type { Json } from '#main/core/json'
import type { ReadSettings } from '#main/document/read-settings'
import { emptyLabelSet } from '#main/labels/label-set'
import { readText, writeText } from '../../support/corpus-files.ts'
import { marksIn } from '../../support/doc-marks.ts'

const text = 'Mara Velt founded Orbisk Labs in Tarnow .'
const entities = [
  { id: 1, label: 'PER', start_offset: 0, end_offset: 9 },
  { id: 2, label: 'ORG', start_offset: 18, end_offset: 29 },
]
const relations = [{ id: 1, from_id: 1, to_id: 2, type: 'founder_of' }]
const marks = ['PER Mara Velt', 'ORG Orbisk Labs', 'founder_of(Mara Velt, Orbisk Labs)']

async function read(records: readonly Json[], settings: ReadSettings = {}) {
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('')
  const file = await readText(doccano, lines, 'admin.jsonl', settings)
  return { ...file, lines, marks: file.docs.map((doc) => marksIn(doc)) }
}

describe('the shapes', () => {
  it.each<[string, Json]>([
    ['entities and relations', { text, entities, relations }],
    ['relations without ids', { text, entities, relations: [{ from_id: 1, to_id: 2, type: 'founder_of' }] }],
    ['the text under "data"', { data: text, entities, relations }],
  ])('%s', async (_, record) => {
    expect((await read([record])).marks).toEqual([marks])
  })

  it.each(['label', 'labels'])('spans alone under "%s"', async (key) => {
    const {
      marks: found,
      docs,
      lines,
    } = await read([
      {
        text,
        [key]: [
          [0, 9, 'PER'],
          [18, 29, 'ORG', 'sure'],
        ],
      },
    ])
    expect(found).toEqual([marks.slice(0, 2)])
    expect((await writeText(doccano, docs, emptyLabelSet)).text).toBe(lines)
  })

  it('annotations by several users, which become layers', async () => {
    const annotations = [
      { label: 4, start_offset: 0, end_offset: 9, user: 1 },
      { label: 5, start_offset: 18, end_offset: 29, user: 2 },
    ]
    const { docs, problems } = await read([{ id: 3, text, annotations, meta: { source: 'x' } }])
    const [doc] = docs
    expect(doc && marksIn(doc)).toEqual(['4 Mara Velt'])
    expect(doc?.layers?.map((layer) => [layer.name, layer.kind, marksIn(doc, layer.annotations)])).toEqual([
      ['2', 'annotator', ['5 Orbisk Labs']],
    ])
    expect(problems).toMatchObject([{ message: expect.stringContaining('1 record with several annotators') as string }])
  })

  it('a pretty-printed object that is the whole file, and an array', async () => {
    const record = { text, entities, relations }
    expect((await readText(null, JSON.stringify(record, null, 4), 'a.jsonl')).docs.map((doc) => marksIn(doc))).toEqual([
      marks,
    ])
    expect((await readText(null, JSON.stringify([record, record]), 'a.json')).docs).toHaveLength(2)
  })

  it('overlapping labels, of which a repeated one is taken once', async () => {
    const { marks: found, repeats } = await read([
      {
        text: 'exampleA',
        label: [
          [0, 1, 'LOC'],
          [0, 1, 'LOC'],
        ],
        meta: { id: 1 },
      },
    ])
    expect(found).toEqual([['LOC e']])
    expect(repeats).toEqual(['1 repeated span'])
  })
})

describe('offsets', () => {
  const emoji = '😀 Mara met Ada .'

  it('count code points where these fit', async () => {
    const { marks: found, problems } = await read([
      {
        text: emoji,
        label: [
          [2, 6, 'PER'],
          [11, 14, 'PER'],
        ],
      },
    ])
    expect(found).toEqual([['PER Mara', 'PER Ada']])
    expect(problems).toEqual([])
  })

  it('count UTF-16 units where only these fit, for that record and those after it', async () => {
    const { marks: found, problems } = await read([
      {
        text: emoji,
        label: [
          [3, 7, 'PER'],
          [12, 15, 'PER'],
        ],
      },
      { text: '😀 Mara.', label: [[3, 7, 'PER']] },
    ])
    expect(found).toEqual([['PER Mara', 'PER Ada'], ['PER Mara']])
    expect(problems).toMatchObject([{ severity: 'note', message: expect.stringContaining('2 records') as string }])
  })

  it('count what is chosen where the text does not tell', async () => {
    const record = { text: '😀 Mara.', label: [[3, 7, 'PER']] }
    expect((await read([record])).marks).toEqual([['PER ara.']])
    expect((await read([record], { offsetUnit: 'utf-16' })).marks).toEqual([['PER Mara']])
  })
})

describe('what is wrong', () => {
  it.each<[Json, string]>([
    [
      { text, entities: [{ ...entities[0], end_offset: 99 }] },
      'entities[0]: expected offsets in the text, found 0 to 99',
    ],
    [{ text, entities: [{ ...entities[0], start_offset: '0' }] }, 'entities[0].start_offset: expected a whole number'],
    [{ text, entities: [entities[0] ?? {}, entities[0] ?? {}] }, 'entities: expected an id used once, found 1 again'],
    [
      { text, entities, relations: [{ from_id: 1, to_id: 9, type: 'x' }] },
      'relations[0].to_id: expected the id of an entity of this record, found 9',
    ],
    [{ entities }, 'text: expected a string, found nothing'],
    [{ text, label: [[0, 9]] }, 'label'],
  ])('is refused by record and field: %j', async (record, message) => {
    const { problems, counts } = await read([record, { text, entities, relations }])
    if (message === 'label') return expect(counts.accepted).toBe(2)
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect(problems).toMatchObject([{ line: 1, message: expect.stringContaining(message) as string }])
  })
})

it('goes not down into a line of a hundred thousand levels: it is refused, and the next is read', async () => {
  const deep = `{"text":"Mara","label":[[0,4,"PER"]],"meta":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const { problems, docs } = await readText(doccano, `${deep}\n{"text":"Ada","label":[[0,3,"PER"]]}\n`, 'a.jsonl')
  expect(docs).toHaveLength(1)
  expect(problems).toMatchObject([{ line: 1, message: 'it is nested more than 1000 deep (column 1044)' }])
})

describe('what is written', () => {
  it('is what was read, further keys and ids included', async () => {
    const record = {
      id: 12,
      text,
      entities: entities.map((entity) => ({ ...entity, sure: true })),
      relations: [{ ...relations[0], by: 'Ada' }],
      Comments: ['fine'],
      meta: { ['__proto__']: 1 },
    } as unknown as Json
    const { docs, lines } = await read([record])
    const { text: written, losses } = await writeText(doccano, docs, emptyLabelSet)
    expect(written).toBe(lines)
    expect(losses).toEqual([])
  })

  it('holds spans without words and relations that cannot be drawn, as they came', async () => {
    const long = `Mara left. ${'She went on and on and on. '.repeat(40)}Ada stayed.`
    const at = long.indexOf('Ada')
    const { docs, lines, problems } = await read([
      {
        id: 1,
        text: long,
        entities: [
          { id: 1, label: 'PER', start_offset: 0, end_offset: 4 },
          { id: 2, label: 'PER', start_offset: at, end_offset: at + 3 },
          { id: 3, label: 'GAP', start_offset: 4, end_offset: 5 },
        ],
        relations: [{ id: 1, from_id: 1, to_id: 2, type: 'knows' }],
      },
    ])
    expect(problems.map(({ message }) => message).join()).toContain('1 relation of spans without words')
    expect((await writeText(doccano, docs, emptyLabelSet)).text).toBe(lines)
  })
})
