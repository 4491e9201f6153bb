/** What an extraction reads: documents in the order of files and records, and refusals in their place. */
import { describe, expect, it } from 'vitest'
import { groupInputs, inOrder, readInputs } from '#main/services/extraction/extraction-inputs'

const told = async (files: readonly { name: string; text: string }[], choice = {}) =>
  (await readInputs(files, choice)).map(({ name, doc, failure }) =>
    doc ? `${name}: ${doc.text}` : `${name}! ${failure}`,
  )

describe('the inputs of an extraction', () => {
  it('stand in the order of the files and of their records, rejected ones among them', async () => {
    const lines = '{oops\n{"text": "Mara left."}\n{"text": 5}\n{"id": "own", "text": "Ada left."}\n'
    expect(
      await told([
        { name: 'b/x.jsonl', text: lines },
        { name: 'a/x.txt', text: '\uFEFFJon left.' },
      ]),
    ).toEqual([
      expect.stringMatching(/^x\.jsonl#1! line 1: not valid JSON at column 2/),
      'x.jsonl#2: Mara left.',
      'x.jsonl#3! line 3: text: expected a string, found 5',
      'own: Ada left.',
      'x.txt: Jon left.',
    ])
  })

  it('of one name are told apart by their folders', async () => {
    const files = ['a/x.txt', 'b/x.txt'].map((name) => ({ name, text: 'Mara left.' }))
    expect((await readInputs(files, {})).map(({ doc }) => doc?.id)).toEqual(['a/x.txt', 'b/x.txt'])
  })

  it('are refused where an import refuses them, so that no label reaches the model as text', async () => {
    const gold = '[{"sentence": "Mara lives in Tarnow .", "spo": []}]'
    const [refused, read] = await told([
      { name: 'gold.txt', text: gold },
      { name: 'a.txt', text: 'Mara left.' },
    ])
    expect(refused).toMatch(/^gold\.txt! gold\.txt looks like JSON of an unknown layout/)
    expect(read).toBe('a.txt: Mara left.')
    expect(await told([{ name: 'gold.txt', text: gold }], { format: 'plain-text' })).toEqual([`gold.txt: ${gold}`])
    await expect(readInputs([{ name: 'a.txt', text: 'Mara' }], { format: 'conll' })).rejects.toThrow(
      'no format "conll"',
    )
  })

  it('are split into sentences as the person chooses', async () => {
    const files = [{ name: 'a.txt', text: 'Mara left\nAda stayed' }]
    const [input] = await readInputs(files, { settings: { sentencePerLine: true } })
    expect(input?.doc?.sentences).toHaveLength(2)
  })

  it('get their results in their own order, group by group', async () => {
    const text = '{"text": "Mara left."}\n{oops\n{"text": "Ada left."}\n'
    const groups = [...groupInputs(await readInputs([{ name: 'a.jsonl', text }], {}), 1)]
    expect(groups.map(({ length }) => length)).toEqual([1, 2])
    const documents = groups.flatMap((group) => {
      const read = group.flatMap(({ doc }) =>
        doc ? { document: doc.id, runId: 'r', sentences: [], failure: null } : [],
      )
      return inOrder(group, read, 'r')
    })
    expect(documents.map(({ document, failure }) => [document, failure !== null])).toEqual([
      ['a.jsonl#1', false],
      ['a.jsonl#2', true],
      ['a.jsonl#3', false],
    ])
  })
})
