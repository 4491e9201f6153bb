/** From tags and cells to triples: what a cell means when a word does or does not anchor a span. */
import { describe, expect, it } from 'vitest'
import { decodeTriples, type Pass } from '#main/document/prediction'

const pass: Pass = {
  tags: ['B', 'E', 'O', 'B', 'E', 'O', 'S'],
  spans: [
    { start: 0, end: 2, label: 'ENTITY', probability: 0.9 },
    { start: 3, end: 5, label: 'ENTITY', probability: 0.8 },
    { start: 6, end: 7, label: 'ENTITY', probability: 0.7 },
  ],
  cells: [
    { subject: 1, type: 'founder_of', object: 4, probability: 0.9 },
    { subject: 4, type: 'based_in', object: 5, probability: 0.8 },
    { subject: 6, type: 'part_of', object: 6, probability: 0.6 },
    { subject: 0, type: 'founder_of', object: 3, probability: 0.3 },
  ],
}

describe('decoding triples', () => {
  it('joins the spans that end at the words of a cell', () => {
    expect(decodeTriples({ ...pass, anchor: 'last', threshold: 0.85 })).toEqual([
      {
        subject: { start: 0, end: 2, label: 'ENTITY' },
        type: 'founder_of',
        object: { start: 3, end: 5, label: 'ENTITY' },
        probability: 0.9,
      },
    ])
  })

  it('drops a cell whose word anchors no span, unless one-word entities are kept', () => {
    expect(decodeTriples({ ...pass, anchor: 'last', threshold: 0.7 }).map(({ type }) => type)).toEqual(['founder_of'])
    const kept = decodeTriples({ ...pass, anchor: 'last', threshold: 0.7 }, true)
    expect(kept[1]?.object).toEqual({ start: 5, end: 6, label: '' })
  })

  it('holds each relation type to its own threshold, where it has one', () => {
    const reading = { anchor: 'last', threshold: 0.5, thresholds: { founder_of: 0.95, part_of: 0.6 } } as const
    expect(decodeTriples({ ...pass, ...reading }).map(({ type }) => type)).toEqual(['part_of'])
  })

  it('allows a span to relate to itself', () => {
    expect(decodeTriples({ ...pass, anchor: 'last', threshold: 0.5 }).at(-1)?.type).toBe('part_of')
  })

  it('reads first words when the model is anchored there', () => {
    expect(
      decodeTriples({ ...pass, anchor: 'first', threshold: 0.2 }).map(({ subject, object }) => [
        subject.start,
        object.start,
      ]),
    ).toEqual([
      [6, 6],
      [0, 3],
    ])
  })
})
