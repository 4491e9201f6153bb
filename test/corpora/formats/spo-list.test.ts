/** Subject-predicate-object JSON as DuIE, CMeIE and FastRE have it. */
import { describe, expect, it } from 'vitest'
import { spoList } from '#main/corpora/formats/spo-list/read'
import { wordsOf } from '#main/text/words'
import { readText, writeText } from '../../support/corpus-files.ts'

const parse = async (...lines: readonly object[]) =>
  await readText(spoList, lines.map((one) => JSON.stringify(one)).join('\n'), 'train.json')
const founded = {
  predicate: 'founder_of',
  subject: 'Mara Velt',
  subject_type: 'PER',
  object: 'Orbisk Labs',
  object_type: 'ORG',
}
const record = { text: 'Mara Velt founded Orbisk Labs in Tarnow .', spo_list: [founded] }

describe('a record with an spo_list', () => {
  it('becomes typed spans and relations, and keeps its further keys', async () => {
    const { docs, problems } = await parse({ ...record, postag: [{ word: 'Mara', pos: 'nr' }] })
    expect(problems).toEqual([])
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 0, end: 2, label: 'PER' },
        { start: 3, end: 5, label: 'ORG' },
      ],
      relations: [{ subject: 's1', type: 'founder_of', object: 's2' }],
    })
    expect(docs[0]?.sourceExtra).toEqual({ postag: [{ word: 'Mara', pos: 'nr' }] })
  })

  it('may have objects as maps, of which each further slot is a triple of its own', async () => {
    const { docs } = await parse({
      text: '《晨光》在北美的票房是三亿。',
      spo_list: [
        {
          predicate: '票房',
          subject: '晨光',
          subject_type: '影视作品',
          object: { '@value': '三亿', inArea: '北美' },
          object_type: { '@value': 'Number', inArea: '地点' },
        },
      ],
    })
    const [doc] = docs
    const annotation = doc?.annotations[0]
    const words = wordsOf(doc?.text ?? '', doc?.tokens ?? [])
    const text = (id: string) => {
      const span = annotation?.spans.find((one) => one.id === id)
      return [words.slice(span?.start, span?.end).join(''), span?.label]
    }
    expect(annotation?.relations.map(({ subject, type, object }) => [text(subject), type, text(object)])).toEqual([
      [['晨光', '影视作品'], '票房', ['三亿', 'Number']],
      [['晨光', '影视作品'], '票房_inArea', ['北美', '地点']],
    ])
  })

  it('is written in Chinese without spaces between its words', async () => {
    const chinese = {
      text: '林晓舟创办了北辰科技。',
      spo_list: [{ predicate: '创始人', subject: '林晓舟', object: '北辰科技' }],
    }
    const { docs, labels } = await parse(chinese)
    expect(JSON.parse((await writeText(spoList, docs, labels)).text)).toEqual(chinese)
  })

  it('gives one string two spans where it has two types', async () => {
    const { docs } = await parse({
      ...record,
      spo_list: [founded, { ...founded, predicate: 'leads', subject_type: 'BOSS' }, founded],
    })
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [{ label: 'PER' }, { label: 'ORG' }, { start: 0, end: 2, label: 'BOSS' }],
      relations: [{ subject: 's1' }, { subject: 's3', object: 's2' }],
      repeatedTriples: 1,
    })
  })

  it('may list triples as three strings', async () => {
    const { docs } = await parse({ ...record, spo_list: [['Mara Velt', 'founder_of', 'Orbisk Labs']] })
    expect(docs[0]?.annotations[0]?.relations).toHaveLength(1)
  })

  it('of FastRE has words, and the places of its triples', async () => {
    const { docs } = await parse({
      tokens: ['Velt', 'met', 'Velt', 'in', 'Tarnow'],
      pos_tags: ['NNP', 'VBD', 'NNP', 'IN', 'NNP'],
      spo_list: [
        ['Velt', 'lives_in', 'Tarnow'],
        ['Velt', 'None', 'Tarnow'],
      ],
      spo_details: [
        [2, 3, 'PER', 'lives_in', 4, 5, 'LOC'],
        [0, 1, 'PER', 'None', 4, 5, 'LOC'],
      ],
    })
    expect(docs[0]?.tokens[0]).toMatchObject({ pos: 'NNP' })
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 2, end: 3, label: 'PER' },
        { start: 4, end: 5, label: 'LOC' },
        { start: 0, end: 1 },
      ],
      relations: [{ subject: 's1', type: 'lives_in', object: 's2' }],
    })
  })

  it('of FastRE without places has its strings found among the words', async () => {
    const { docs } = await parse({
      tokens: ['Velt', 'left', 'Tarnow'],
      spo_list: [
        ['Velt', 'left', 'Tarnow'],
        ['Ada', 'left', 'Tarnow'],
      ],
    })
    expect(docs[0]?.annotations[0]).toMatchObject({
      relations: [{ type: 'left' }],
      unanchored: [{ subject: 'Ada', type: 'left', object: 'Tarnow' }],
    })
  })

  it.each([
    [{ ...record, spo_list: [{ ...founded, object: 5.5 }] }, null],
    [
      { ...record, spo_list: [{ ...founded, object: {} }] },
      'spo_list[0].object: expected a value in the map, found an empty one',
    ],
    [{ ...record, spo_list: [{ ...founded, subject: ' ' }] }, 'spo_list[0].subject: expected a name, found " "'],
    [
      { ...record, spo_list: [['a', 'b']] },
      'spo_list[0]: expected three strings (subject, predicate, object), found an array of 2',
    ],
    [{ text: '', spo_list: [] }, 'text: it holds no words, so there is nothing to annotate'],
    [
      { tokens: ['a'], spo_details: [[0, 2, 'X', 'r', 0, 1, 'X']], spo_list: [] },
      'spo_details[0][1]: expected a whole number from 1 to 1, found 2',
    ],
  ])('is rejected by field where something is amiss: %j', async (bad, message) => {
    const { problems } = await parse(record, bad)
    expect(problems.find(({ severity }) => severity === 'rejected')?.message ?? null).toBe(message)
  })
})
