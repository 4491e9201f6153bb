/** What an extraction reads: documents in the order of files and records, and refusals in their place. */
import { describe, expect, it } from 'vitest'
import { groupInputs, inOrder, readInputs } from '#main/services/extraction/extraction-inputs'

const told = (files: readonly { name: string; text: string }[], choice = {}) =>
  readInputs(files, choice).map(({ name, doc, failure }) => (doc ? `${name}: ${doc.text}` : `${name}! ${failure}`))

describe('the inputs of an extraction', () => {
  it('stand in the order of the files and of their records, rejected ones among them', () => {
    const lines = '{oops\n{"text": "Mara left."}\n{"text": 5}\n{"id": "own", "text": "Ada left."}\n'
    expect(
      told([
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

  it('of one name are told apart by their folders', () => {
    const files = ['a/x.txt', 'b/x.txt'].map((name) => ({ name, text: 'Mara left.' }))
    expect(readInputs(files, {}).map(({ doc }) => doc?.id)).toEqual(['a/x.txt', 'b/x.txt'])
  })

  it('are refused where an import refuses them, so that no label reaches the model as text', () => {
    const gold = '[{"sentence": "Mara lives in Tarnow .", "spo": []}]'
    const [refused, read] = told([
      { name: 'gold.txt', text: gold },
      { name: 'a.txt', text: 'Mara left.' },
    ])
    expect(refused).toMatch(/^gold\.txt! gold\.txt looks like JSON of an unknown layout/)
    expect(read).toBe('a.txt: Mara left.')
    expect(told([{ name: 'gold.txt', text: gold }], { format: 'plain-text' })).toEqual([`gold.txt: ${gold}`])
    expect(() => readInputs([{ name: 'a.txt', text: 'Mara' }], { format: 'conll' })).toThrow('no format "conll"')
  })

  it('are split into sentences as the person chooses', () => {
    const files = [{ name: 'a.txt', text: 'Mara left\nAda stayed' }]
    const [input] = readInputs(files, { settings: { sentencePerLine: true } })
    expect(input?.doc?.sentences).toHaveLength(2)
  })

  it('get their results in their own order, group by group', () => {
    const text = '{"text": "Mara left."}\n{oops\n{"text": "Ada left."}\n'
    const groups = [...groupInputs(readInputs([{ name: 'a.jsonl', text }], {}), 1)]
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
