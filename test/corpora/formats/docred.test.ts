/** DocRED: entities with mentions in several sentences, relations between entities. */
import { describe, expect, it } from 'vitest'
import { docred } from '#main/corpora/formats/docred/read'
import { readText } from '../../support/corpus-files.ts'

const mention = (sent_id: number, start: number, end: number, type: string) => ({
  name: 'x',
  sent_id,
  pos: [start, end],
  type,
})
const document = {
  title: 'Orbisk',
  sents: [
    ['Mara', 'Velt', 'founded', 'Orbisk', '.'],
    ['Velt', 'left', 'it', 'to', 'Ada', ',', 'said', 'Velt', '.'],
  ],
  vertexSet: [
    [mention(0, 0, 2, 'PER'), mention(1, 0, 1, 'PER'), mention(1, 7, 8, 'PER')],
    [mention(0, 3, 4, 'ORG')],
    [mention(1, 4, 5, 'PER')],
  ],
  labels: [
    { h: 0, t: 1, r: 'P112', evidence: [0] },
    { h: 0, t: 2, r: 'P3373', evidence: [1] },
    { h: 2, t: 1, r: 'P108', evidence: [0, 1] },
  ],
}
const parse = async (value: unknown, beside = {}) =>
  await readText(docred, JSON.stringify(value), 'train.json', {}, beside)

describe('a document of DocRED', () => {
  it('has its mentions as spans, and relations between the closest mentions of one sentence', async () => {
    const { docs, problems } = await parse([document])
    const [first, second] = docs[0]?.annotations ?? []
    expect(first).toMatchObject({
      spans: [
        { start: 0, end: 2, label: 'PER' },
        { start: 3, end: 4, label: 'ORG' },
      ],
      relations: [{ subject: 's1', type: 'P112', object: 's2' }],
    })
    expect(second?.spans.map(({ start }) => start)).toEqual([0, 7, 4])
    expect(second?.relations).toMatchObject([{ subject: 's2', type: 'P3373', object: 's3' }])
    expect(problems).toMatchObject([
      {
        severity: 'note',
        message: expect.stringContaining('1 relation between entities that no sentence holds together') as string,
      },
    ])
  })

  it('keeps entities, evidence and title with the document', async () => {
    const { docs } = await parse([document])
    expect(docs[0]?.sourceExtra).toEqual({ title: 'Orbisk', vertexSet: document.vertexSet, labels: document.labels })
  })

  it('has names for its codes in rel_info.json beside it', async () => {
    const { labels } = await parse([document], { 'rel_info.json': '{"P112": "founded by"}' })
    expect(labels.relationTypes).toEqual([{ name: 'P112', guideline: 'founded by' }, { name: 'P3373' }])
  })

  it('may come without labels', async () => {
    expect((await parse([{ ...document, labels: undefined }])).docs[0]?.annotations[0]?.spans).toHaveLength(2)
  })

  it.each([
    [{ ...document, labels: [{ h: 0, t: 9, r: 'P1' }] }, 'labels[0].t: expected a whole number from 0 to 2, found 9'],
    [
      { ...document, vertexSet: [[mention(0, 3, 9, 'ORG')]] },
      'vertexSet[0][0].pos[1]: expected a whole number from 4 to 5, found 9',
    ],
    [
      { ...document, vertexSet: [[mention(2, 0, 1, 'ORG')]] },
      'vertexSet[0][0].sent_id: expected a whole number from 0 to 1, found 2',
    ],
    [{ ...document, sents: [] }, 'sents: it holds no words'],
  ])('is rejected by field where something is amiss', async (bad, message) => {
    expect((await parse([bad])).problems).toMatchObject([{ line: 1, severity: 'rejected', message }])
  })
})
