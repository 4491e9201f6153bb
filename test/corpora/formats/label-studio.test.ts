/** Label Studio: tasks with several annotators and models, offsets of either unit, results of other kinds kept. */
import { describe, expect, it } from 'vitest'
import { labelStudio } from '#main/corpora/formats/label-studio/read'
import { configName, tasksName } from '#main/corpora/formats/label-studio/write'
import type { Json } from '#main/core/json'
import { emptyLabelSet } from '#main/labels/label-set'
import { readText, writeText } from '../../support/corpus-files.ts'
import { marksIn } from '../../support/doc-marks.ts'

const text = 'Mara Velt founded Orbisk Labs in Tarnow .'
const shown = { from_name: 'label', to_name: 'text', type: 'labels' }
const mara = { id: 'a', ...shown, origin: 'manual', value: { start: 0, end: 9, text: 'Mara Velt', labels: ['PER'] } }
const labs = { id: 'b', ...shown, value: { start: 18, end: 29, text: 'Orbisk Labs', labels: ['ORG'] } }
const arrow = { type: 'relation', from_id: 'a', to_id: 'b', direction: 'right', labels: ['founder_of'] }
const marks = ['PER Mara Velt', 'ORG Orbisk Labs', 'founder_of(Mara Velt, Orbisk Labs)']

type Values = Readonly<Record<string, Json>>

function task(result: readonly Json[], more: Values = {}): Values {
  return { id: 1, data: { text }, annotations: [{ id: 10, result }], predictions: [], ...more }
}

async function read(tasks: readonly Json[]) {
  const file = await readText(labelStudio, JSON.stringify(tasks), 'export.json')
  return { ...file, marks: file.docs.map((doc) => marksIn(doc)) }
}

async function again(tasks: readonly Json[]): Promise<Json> {
  const { docs } = await read(tasks)
  const { files } = await writeText(labelStudio, docs, emptyLabelSet)
  return JSON.parse(String(files[tasksName])) as Json // JSON.parse gives nothing else
}

describe('a task', () => {
  it('gives spans and relations', async () => {
    expect((await read([task([mara, labs, arrow])])).marks).toEqual([marks])
  })

  it.each([
    ['left', ['founder_of(Orbisk Labs, Mara Velt)']],
    ['bi', ['founder_of(Mara Velt, Orbisk Labs)', 'founder_of(Orbisk Labs, Mara Velt)']],
    [undefined, ['founder_of(Mara Velt, Orbisk Labs)']],
  ])('has arrows with direction %s', async (direction, expected) => {
    const { direction: _, ...bare } = arrow
    const turned = direction === undefined ? bare : { ...bare, direction }
    expect((await read([task([mara, labs, turned])])).marks[0]?.slice(2)).toEqual(expected)
  })

  it('may have several labels on a region and on an arrow: each is a span, each a relation', async () => {
    const region = { ...mara, value: { ...mara.value, labels: ['PER', 'BOSS'] } }
    const { marks: found } = await read([task([region, labs, { ...arrow, labels: ['founder_of', 'leads'] }])])
    expect(found[0]).toEqual([
      ...['PER Mara Velt', 'BOSS Mara Velt', 'ORG Orbisk Labs'],
      ...['founder_of(Mara Velt, Orbisk Labs)', 'leads(Mara Velt, Orbisk Labs)'],
    ])
  })

  it('may have an arrow without a label, which is a repair', async () => {
    const { labels: _, ...bare } = arrow
    const { marks: found, repairs } = await read([task([mara, labs, bare])])
    expect(found[0]?.at(-1)).toBe('relation(Mara Velt, Orbisk Labs)')
    expect(repairs).toEqual(['1 relation without a label, taken as "relation"'])
  })

  it('may keep its text under another key, which its regions tell', async () => {
    const data = { title: 'A founder', body: text }
    const tasks = [task([mara, labs, arrow], { data })]
    expect((await read(tasks)).docs[0]?.text).toBe(text)
    expect(await again(tasks)).toMatchObject([{ data }])
  })
})

describe('several statements on a task', () => {
  const both = {
    annotations: [
      { id: 1, completed_by: { id: 4, email: 'ada@x.org' }, result: [mara] },
      { id: 2, completed_by: 7, result: [labs] },
    ],
  }

  it('are the first annotation and layers of the others, which is said', async () => {
    const { docs, problems } = await read([task([], both)])
    const [doc] = docs
    expect(doc && marksIn(doc)).toEqual(['PER Mara Velt'])
    expect(doc?.layers?.map((layer) => [layer.name, layer.kind, marksIn(doc, layer.annotations)])).toEqual([
      ['7', 'annotator', ['ORG Orbisk Labs']],
    ])
    expect(problems).toMatchObject([
      { severity: 'note', message: expect.stringContaining('several annotators') as string },
    ])
  })

  it('have the ground truth as the main one where it is marked', async () => {
    const [first, second] = both.annotations
    const { docs } = await read([task([], { annotations: [first ?? null, { ...second, ground_truth: true }] })])
    expect(docs[0] && marksIn(docs[0])).toEqual(['ORG Orbisk Labs'])
    expect(docs[0]?.layers?.map(({ name }) => name)).toEqual(['ada@x.org'])
  })

  it('have predictions as layers of their models, with the score', async () => {
    const predictions = [{ model_version: 'v2', score: 0.75, result: [{ ...mara, score: 0.5 }, labs] }]
    const { docs } = await read([task([mara], { predictions })])
    const [layer] = docs[0]?.layers ?? []
    expect(layer).toMatchObject({ name: 'v2', kind: 'system' })
    expect(layer?.annotations[0]?.spans.map(({ provenance }) => provenance.confidence)).toEqual([0.5, 0.75])
  })

  it('do not include those that were cancelled, which are kept', async () => {
    const cancelled = { id: 3, was_cancelled: true, result: [labs] }
    const tasks = [task([], { annotations: [cancelled, { id: 2, result: [mara] }] })]
    const { marks: found, problems } = await read(tasks)
    expect(found).toEqual([['PER Mara Velt']])
    expect(problems).toMatchObject([{ message: expect.stringContaining('1 annotation cancelled') as string }])
    expect(await again(tasks)).toMatchObject([{ annotations: [{ id: 2 }, cancelled] }])
  })
})

describe('offsets', () => {
  const emoji = '😀 Mara met Ada .'
  const region = (start: number, end: number, said: string) => ({
    id: said,
    ...shown,
    value: { start, end, text: said, labels: ['PER'] },
  })

  it.each([
    ['code points', 2, 0],
    ['UTF-16 units', 3, 1],
  ])('in %s are told by the text that the file repeats', async (_, start, notes) => {
    const { marks: found, problems } = await read([task([region(start, start + 4, 'Mara')], { data: { text: emoji } })])
    expect(found).toEqual([['PER Mara']])
    expect(problems).toHaveLength(notes)
  })

  it('count where that text is another, which is said', async () => {
    const { marks: found, problems } = await read([task([region(2, 6, 'Bara')], { data: { text: emoji } })])
    expect(found).toEqual([['PER Mara']])
    expect(problems).toMatchObject([{ message: expect.stringContaining('repeats another text') as string }])
  })
})

describe('JSON_MIN', () => {
  it('is read, and said to have no relations', async () => {
    const record = {
      id: 5,
      text,
      source: 'web',
      label: [{ start: 0, end: 9, text: 'Mara Velt', labels: ['PER'] }],
      annotator: 1,
      annotation_id: 8,
    }
    const { docs, problems } = await readText(null, JSON.stringify([record]), 'min.json')
    expect(docs.map((doc) => marksIn(doc))).toEqual([['PER Mara Velt']])
    expect(problems).toMatchObject([{ line: null, message: expect.stringContaining('has no relations') as string }])
  })
})

describe('what is wrong', () => {
  it.each<[Json, string]>([
    [
      task([{ ...mara, value: { ...mara.value, end: 99 } }]),
      'result[0].value: expected offsets in the text, found 0 to 99',
    ],
    [task([mara, { ...arrow, to_id: 'z' }]), 'result[1]: expected the ids of regions of its list, found z'],
    [task([mara, labs, { ...arrow, direction: 'up' }]), 'direction: expected one of left, right, bi, found "up"'],
    [task([], { data: { page: 3 } }), 'data: expected a text, found none'],
    [{ id: 1, annotations: [] }, 'data: expected an object, found nothing'],
  ])('is refused by record and field: %#', async (wrong, message) => {
    const { problems, counts } = await read([wrong, task([mara])])
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect(problems).toMatchObject([{ line: 1, message: expect.stringContaining(message) as string }])
  })
})

describe('what is written', () => {
  it('is what was read, with results of other kinds, further keys and scores', async () => {
    const choice = { id: 'c', from_name: 'mood', to_name: 'text', type: 'choices', value: { choices: ['good'] } }
    const picture = { id: 'p', from_name: 'box', to_name: 'image', type: 'rectanglelabels', value: { x: 1 } }
    const tasks: Json[] = [
      task([mara, labs, { ...arrow, meta: 'x' }, choice, picture, { ...arrow, to_id: 'c' }], {
        data: { text, meta: { page: 3 } },
        predictions: [{ id: 4, model_version: 'v2', result: [{ ...labs, score: 0.5 }] }, 17],
        project: 9,
      }),
    ]
    expect(await again(tasks)).toEqual(tasks)
    expect((await read(tasks)).problems.map(({ message }) => message).join()).toContain('2 results of other kinds')
  })

  it('has the labelling configuration beside it', async () => {
    const labels = { ...emptyLabelSet, entityTypes: [{ name: 'A & "B"' }], relationTypes: [{ name: '<x>' }] }
    const { files } = await writeText(labelStudio, (await read([task([mara])])).docs, labels)
    expect(files[configName]).toContain('<Label value="A &amp; &quot;B&quot;"/>')
    expect(files[configName]).toContain('<Relation value="&lt;x>"/>')
  })

  it('puts all labels of a pair on one arrow, since a second arrow would be dropped', async () => {
    const written = await again([task([mara, labs, { ...arrow, labels: ['x', 'y'] }, { ...arrow, labels: ['z'] }])])
    expect(JSON.stringify(written)).toContain('"labels":["x","y","z"]')
  })
})
