/** The JSON lines of the released PMEI code: words, parts of speech, entities and relations without positions. */
import { describe, expect, it } from 'vitest'
import { wordsOf } from '#main/text/words'
import { pmeiLines } from '#main/corpora/formats/pmei-lines/read'
import { readText, writeText } from '../../support/corpus-files.ts'

const words = ['Mara', 'Velt', 'founded', 'Orbisk', 'Labs', 'in', 'Tarnow', '.']
const line = {
  sentText: words,
  pos: ['NNP', 'NNP', 'VBD', 'NNP', 'NNPS', 'IN', 'NNP', '.'],
  en_list: [['Mara', 'Velt'], ['Orbisk', 'Labs'], ['Tarnow'], ['Mara', 'Velt']],
  relationMentions: [
    { em1Text: ['Mara', 'Velt'], em2Text: ['Orbisk', 'Labs'], label: 'founder_of' },
    { em1Text: ['Mara', 'Velt'], em2Text: ['Orbisk', 'Labs'], label: 'founder_of' },
    { em1Text: ['Mara', 'Velt'], em2Text: ['Tarnow'], label: 'None' },
  ],
}
const parse = async (...lines: readonly object[]) =>
  await readText(pmeiLines, lines.map((one) => JSON.stringify(one)).join('\n'), 'train.json')

describe('a line of the released PMEI code', () => {
  it('becomes words with their parts of speech, entities once and triples once', async () => {
    const { docs, problems, counts, labels } = await parse({ ...line, articleId: 'a1' })
    expect(problems.map(({ message, severity }) => `${severity}: ${message}`)).toEqual([
      'note: 1 repeated triple, taken once (the first is here)',
      'note: 1 triple of the type "None", which means no relation, left out (the first is here)',
    ])
    expect(counts).toMatchObject({ accepted: 1, ambiguousAnchors: 0, unanchored: 0 })
    expect(labels.relationTypes.map(({ name }) => name)).toEqual(['founder_of'])
    const [doc] = docs
    expect(wordsOf(doc?.text ?? '', doc?.tokens ?? [])).toEqual(words)
    expect(doc?.tokens.map(({ pos }) => pos)).toEqual(line.pos)
    expect(doc?.sourceExtra).toEqual({ articleId: 'a1' })
    const [annotation] = doc?.annotations ?? []
    expect(annotation?.spans.map(({ start, end }) => [start, end])).toEqual([
      [0, 2],
      [3, 5],
      [6, 7],
    ])
    expect(annotation?.relations).toMatchObject([{ subject: 's1', type: 'founder_of', object: 's2' }])
    expect(annotation?.repeatedTriples).toBe(1)
  })

  it('has as many spans of an entity as it lists and as stand there, in the order of the text', async () => {
    const { docs, problems } = await parse({
      sentText: ['Mara', 'met', 'Mara', 'Velt'],
      en_list: [['Mara'], ['Mara'], ['Mara']],
    })
    expect(docs[0]?.annotations[0]?.spans.map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [2, 3],
    ])
    expect(problems).toEqual([])
  })

  it('counts entities that stand more than once, and names those that do not stand in the sentence', async () => {
    const mention = (em2Text: string[]) => ({ em1Text: ['Mara'], em2Text, label: 'knows' })
    const { docs, problems, counts } = await parse({
      sentText: ['Mara', 'met', 'Mara'],
      en_list: [['Nobody']],
      relationMentions: [mention(['met']), mention(['Jon', 'Reed'])],
    })
    expect(counts).toMatchObject({ accepted: 1, ambiguousAnchors: 1, unanchored: 1 })
    expect(docs[0]?.annotations[0]?.unanchored).toEqual([{ subject: 'Mara', type: 'knows', object: 'Jon Reed' }])
    expect(problems.map(({ line: number, message }) => `${number}: ${message}`)).toEqual([
      '1: "Jon Reed" does not stand in the sentence; the triple counts in scoring but cannot be trained on',
      '1: "Nobody" does not stand in the sentence; it is left out',
    ])
  })

  it.each([
    [{ ...line, pos: ['NNP'] }, 'pos: expected one for each of the 8 words, found 1'],
    [{ ...line, sentText: [] }, 'sentText: it holds no words'],
    [{ ...line, sentText: ['Mara', 7] }, 'sentText[1]: expected a name, found 7'],
    [
      { ...line, relationMentions: [{ em1Text: ['Mara'], label: 'x' }] },
      'relationMentions[0].em2Text: expected an array',
    ],
  ])('is rejected with its number where something is amiss, and the others are read', async (bad, message) => {
    const { docs, problems, counts } = await parse(line, bad, line)
    expect(counts).toMatchObject({ accepted: 2, rejected: 1 })
    expect(docs).toHaveLength(2)
    const rejected = problems.filter(({ severity }) => severity === 'rejected')
    expect(rejected).toMatchObject([{ line: 2, message: expect.stringContaining(message) as string }])
  })

  it('is written as the released loader needs it: entities by their words, in the order of their first place', async () => {
    const { docs, labels } = await parse({ ...line, articleId: 'a1' })
    const { text, losses } = await writeText(pmeiLines, docs, labels)
    expect(JSON.parse(text)).toEqual({
      sentText: words,
      pos: line.pos,
      en_list: [['Mara', 'Velt'], ['Orbisk', 'Labs'], ['Tarnow']],
      relationMentions: line.relationMentions.slice(0, 1),
      articleId: 'a1',
    })
    expect(losses).toEqual(['1 triple that the file repeated is written once'])
  })

  it('says which spans the loader will find elsewhere', async () => {
    const { docs, labels } = await parse({ sentText: ['Mara', 'met', 'Mara'], en_list: [['Mara'], ['Mara']] })
    expect((await writeText(pmeiLines, docs, labels)).losses).toEqual([
      '1 span moves to the first place where its words stand',
    ])
  })
})
