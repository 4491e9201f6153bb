/** TACRED: a record for each pair of spans. */
import { describe, expect, it } from 'vitest'
import { tacred } from '#main/corpora/formats/tacred/read'
import { readText } from '../../support/corpus-files.ts'

const record = {
  id: 'e7798',
  relation: 'org:founded_by',
  token: ['Mara', 'Velt', 'founded', 'Orbisk', 'Labs'],
  ...{ subj_start: 3, subj_end: 4, subj_type: 'ORGANIZATION', obj_start: 0, obj_end: 1, obj_type: 'PERSON' },
  stanford_pos: ['NNP', 'NNP', 'VBD', 'NNP', 'NNP'],
  stanford_ner: ['PERSON', 'PERSON', 'O', 'ORGANIZATION', 'ORGANIZATION'],
}
const parse = async (...records: readonly object[]) => await readText(tacred, JSON.stringify(records), 'train.json')

describe('a record of TACRED', () => {
  it('has two spans, whose last words are included, and a relation from the subject', async () => {
    const { docs, problems } = await parse(record)
    expect(problems).toEqual([])
    expect(docs[0]).toMatchObject({ id: 'e7798', sourceExtra: { stanford_ner: record.stanford_ner } })
    expect(docs[0]?.tokens[2]?.pos).toBe('VBD')
    expect(docs[0]?.annotations[0]).toMatchObject({
      spans: [
        { start: 3, end: 5, label: 'ORGANIZATION' },
        { start: 0, end: 2, label: 'PERSON' },
      ],
      relations: [{ subject: 's1', type: 'org:founded_by', object: 's2' }],
    })
  })

  it('of "no_relation" has both spans, keeps what it said and is counted', async () => {
    const { docs, problems, labels } = await parse({ ...record, relation: 'no_relation' })
    expect(docs[0]?.annotations[0]).toMatchObject({ spans: [{}, {}], relations: [] })
    expect(docs[0]?.sourceExtra).toMatchObject({ relation: 'no_relation' })
    expect(labels.relationTypes).toEqual([])
    expect(problems).toMatchObject([
      { severity: 'note', message: expect.stringContaining('1 record of the type "no_relation"') as string },
    ])
  })

  it('may relate a span to itself', async () => {
    const self = { ...record, obj_start: 3, obj_end: 4, obj_type: 'ORGANIZATION' }
    expect((await parse(self)).docs[0]?.annotations[0]?.relations).toMatchObject([{ subject: 's1', object: 's1' }])
  })

  it.each([
    [{ ...record, subj_end: 5 }, 'subj_end: expected a whole number from 3 to 4, found 5'],
    [{ ...record, relation: '' }, 'relation: expected a name, found ""'],
    [{ ...record, stanford_pos: ['X'] }, 'stanford_pos: expected one for each of the 5 words, found 1'],
    [{ ...record, token: [] }, 'token: it holds no words'],
  ])('is rejected by field where something is amiss', async (bad, message) => {
    expect((await parse(bad)).problems).toMatchObject([{ line: 1, severity: 'rejected', message }])
  })
})
