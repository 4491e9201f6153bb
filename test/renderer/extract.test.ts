/** Extract: triples as rows, their sentences, their files. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument, ExtractedSpan } from '#main/document/extracted-document'
import { cutSentence } from '#window/features/extract/highlight.ts'
import { filterRows, groupByPair, sortRows, toTripleRows } from '#window/features/extract/triples.ts'

const spanOf = (text: string, start: number): ExtractedSpan => ({
  ...{ text, start, end: start + [...text].length },
  ...{ type: 'PERSON', probability: 0.9 },
})

function makeDocument(document: string, ...facts: [string, string, string, number][]): ExtractedDocument {
  return {
    document,
    runId: 'mtl-1',
    sentences: facts.map(([subject, relation, object, probability], index) => ({
      start: 100 * index,
      end: 100 * index + 50,
      text: `${subject} ${relation} ${object}`,
      spans: [],
      triples: [
        {
          ...{ relation, probability, subject: spanOf(subject, 100 * index) },
          object: spanOf(object, 100 * index + [...`${subject} ${relation} `].length),
        },
      ],
    })),
    failure: null,
  }
}

const rows = toTripleRows([
  makeDocument('a.txt', ['Mara', 'founded', 'Orbisk', 0.9], ['Mara', 'left', 'Orbisk', 0.6]),
  makeDocument('b.txt', ['Ada', 'founded', 'Loom 10', 0.7], ['Ada', 'founded', 'Loom 9', 0.7]),
])

describe('triples', () => {
  it('have keys of their own, even with the same words', () => {
    expect(new Set(rows.map(({ key }) => key)).size).toBe(4)
  })

  it('match a filter by every one of its words, wherever they stand', () => {
    expect(filterRows(rows, 'MARA left').map(({ relation }) => relation)).toEqual(['left'])
    expect(filterRows(rows, 'b.txt')).toHaveLength(2)
    expect(filterRows(rows, 'Mara Ada')).toEqual([])
    expect(filterRows(rows, '  ')).toBe(rows)
  })

  it('sort by any column and keep the order of the text among equals', () => {
    const byProbability = sortRows(rows, { key: 'probability', isDescending: true })
    expect(byProbability.map(({ object }) => object.text)).toEqual(['Orbisk', 'Loom 10', 'Loom 9', 'Orbisk'])
    const byObject = sortRows(rows, { key: 'object', isDescending: false })
    expect(byObject.map(({ object }) => object.text)).toEqual(['Loom 9', 'Loom 10', 'Orbisk', 'Orbisk'])
  })

  it('group by pair, most supported first', () => {
    const [first, ...others] = groupByPair(rows)
    expect(first).toMatchObject({ subject: 'Mara', object: 'Orbisk', support: 2, bestProbability: 0.9 })
    expect(first?.relations).toEqual([
      { name: 'founded', count: 1 },
      { name: 'left', count: 1 },
    ])
    expect(others.map(({ support }) => support)).toEqual([1, 1])
  })

  it('of equal support follow their names', () => {
    const groups = groupByPair(
      toTripleRows([
        makeDocument('c.txt', ['Zoe', 'led', 'Ano', 0.9], ['Ada', 'led', 'Zed', 0.5], ['Ada', 'led', 'Loom', 0.4]),
      ]),
    )
    expect(groups.map(({ subject, object }) => `${subject} ${object}`)).toEqual(['Ada Loom', 'Ada Zed', 'Zoe Ano'])
  })

  it('count a sentence once however many relations it states of a pair', () => {
    const [document] = [makeDocument('a.txt', ['Mara', 'founded', 'Orbisk', 0.9])]
    const sentence = document?.sentences[0]
    if (!document || !sentence) throw new Error('the document has a sentence')
    const doubled = { ...sentence, triples: [...sentence.triples, ...sentence.triples] }
    expect(groupByPair(toTripleRows([{ ...document, sentences: [doubled] }]))[0]?.support).toBe(1)
  })
})

describe('a highlighted sentence', () => {
  it('marks both spans by code points', () => {
    expect(cutSentence('🌲 Mara founded Orbisk.', { start: 2, end: 6 }, { start: 15, end: 21 })).toEqual([
      { text: '🌲 ', role: null },
      { text: 'Mara', role: 'subject' },
      { text: ' founded ', role: null },
      { text: 'Orbisk', role: 'object' },
      { text: '.', role: null },
    ])
  })

  it('marks the overlap as both', () => {
    expect(cutSentence('New York', { start: 0, end: 8 }, { start: 4, end: 8 }).map(({ role }) => role)).toEqual([
      'subject',
      'both',
    ])
  })

  it('never loses or repeats a character', () => {
    const mark = fc.tuple(fc.nat(40), fc.nat(10)).map(([start, length]) => ({ start, end: start + length }))
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'é', '🌲', ' '), maxLength: 30 }),
        mark,
        mark,
        (sentence, subject, object) => {
          expect(
            cutSentence(sentence, subject, object)
              .map(({ text }) => text)
              .join(''),
          ).toBe(sentence)
        },
      ),
    )
  })
})
