/** Lines of DyGIE++: documents of several sentences, whose words are counted through. */
import { describe, expect, it } from 'vitest'
import { dygie } from '#main/corpora/formats/dygie/read'
import { readText, writeText } from '../../support/corpus-files.ts'

const line = {
  doc_key: 'D-1',
  sentences: [
    ['Tarnow', 'is', 'rainy', '.'],
    ['Mara', 'Velt', 'founded', 'Orbisk', 'Labs', '.'],
  ],
  ner: [
    [[0, 0, 'LOC']],
    [
      [4, 5, 'PER'],
      [7, 8, 'ORG'],
    ],
  ],
  relations: [[], [[4, 5, 7, 8, 'founder_of']]],
  clusters: [
    [
      [0, 0],
      [7, 8],
    ],
  ],
  events: [[], []],
}
const parse = async (...lines: readonly object[]) =>
  await readText(dygie, lines.map((one) => JSON.stringify(one)).join('\n'), 'train.json')

describe('a line of DyGIE++', () => {
  it('becomes a document of several sentences whose spans count from their own sentence', async () => {
    const { docs, problems } = await parse(line)
    expect(problems).toEqual([])
    const [doc] = docs
    expect(doc).toMatchObject({ id: 'D-1', text: 'Tarnow is rainy . Mara Velt founded Orbisk Labs .' })
    expect(doc?.sentences).toEqual([
      { start: 0, end: 4 },
      { start: 4, end: 10 },
    ])
    expect(doc?.annotations[1]).toMatchObject({
      spans: [
        { start: 0, end: 2, label: 'PER' },
        { start: 3, end: 5, label: 'ORG' },
      ],
      relations: [{ subject: 's1', type: 'founder_of', object: 's2' }],
    })
  })

  it('is written again with its clusters and events, and the same', async () => {
    const { docs, labels } = await parse(line)
    const { text, losses } = await writeText(dygie, docs, labels)
    expect(JSON.parse(text)).toEqual(line)
    expect(losses).toEqual([])
  })

  it('may join words that "ner" does not list, which become a span without a type', async () => {
    const { docs } = await parse({ ...line, ner: [[], [[4, 5, 'PER']]] })
    expect(docs[0]?.annotations[1]?.spans).toMatchObject([{ label: 'PER' }, { start: 3, end: 5, label: 'ENTITY' }])
  })

  it('keeps a relation across sentences for writing, and says so', async () => {
    const { docs, problems, labels } = await parse({ ...line, relations: [[[0, 0, 4, 5, 'home_of']], []] })
    expect(docs[0]?.annotations.map(({ relations }) => relations.length)).toEqual([0, 0])
    expect(problems).toMatchObject([
      {
        line: 1,
        severity: 'note',
        message: expect.stringContaining('relations[0][0]: it joins words of another sentence') as string,
      },
    ])
    expect(JSON.parse((await writeText(dygie, docs, labels)).text)).toMatchObject({
      relations: [[[0, 0, 4, 5, 'home_of']], []],
    })
  })

  it('has a prediction as a layer of a system, with its probabilities', async () => {
    const predicted = {
      predicted_ner: [
        [],
        [
          [4, 5, 'PER', 12.5, 0.9],
          [7, 8, 'ORG', 3.1, 0.6],
        ],
      ],
      predicted_relations: [[], [[4, 5, 7, 8, 'founder_of', 8.1, 0.7]]],
    }
    const { docs, labels } = await parse({ ...line, ...predicted })
    expect(docs[0]?.layers).toMatchObject([
      {
        name: 'DyGIE++',
        kind: 'system',
        annotations: [
          { spans: [] },
          {
            spans: [{ provenance: { author: 'DyGIE++', confidence: 0.9 } }, { label: 'ORG' }],
            relations: [{ type: 'founder_of', provenance: { confidence: 0.7 } }],
          },
        ],
      },
    ])
    const { text, losses } = await writeText(dygie, docs, labels)
    expect(JSON.parse(text)).toMatchObject(predicted)
    expect(losses).toEqual([])
  })

  it('counts a layer of another system as lost', async () => {
    const { docs, labels } = await parse({ ...line, predicted_ner: [[], []] })
    const [doc] = docs
    const [layer] = doc?.layers ?? []
    if (!doc || !layer) throw new Error('the line was not read')
    const other = { ...doc, layers: [layer, { ...layer, name: 'another model' }] }
    expect((await writeText(dygie, [other], labels)).losses).toEqual([
      '1 layer of another annotator or system is left out',
    ])
  })

  it('may hold words alone', async () => {
    const { docs } = await parse({ doc_key: 5, sentences: [['Mara', 'left'], []] })
    expect(docs[0]).toMatchObject({
      id: '5',
      sentences: [
        { start: 0, end: 2 },
        { start: 2, end: 2 },
      ],
    })
  })

  it.each([
    [{ ...line, ner: [[]] }, 'ner: expected one list for each of the 2 sentences, found 1'],
    [{ ...line, ner: [[[0, 4, 'LOC']], []] }, 'ner[0][0][1]: expected a whole number from 0 to 3, found 4'],
    [
      { ...line, relations: [[], [[4, 5, 7, 18, 'x']]] },
      'relations[1][0][3]: expected a whole number from 7 to 9, found 18',
    ],
    [{ ...line, sentences: ['Mara left'] }, 'sentences[0]: expected an array, found "Mara left"'],
  ])('is rejected by field where something is amiss', async (bad, message) => {
    const { problems, counts } = await parse(line, bad)
    expect(counts).toMatchObject({ accepted: 1, rejected: 1 })
    expect(problems).toMatchObject([{ line: 2, message }])
  })
})
