/** Spans and triples that a family finds whole: links and ends decoded, overlaps kept. */
import { describe, expect, it } from 'vitest'
import { decodeTriples } from '#main/document/prediction'
import { spansOf } from '#main/tagging/nearest-end'
import { decodeLinks } from '#main/models/grid/decode'
import { tinyConfig } from '../support/tiny-model.ts'

const config = { ...tinyConfig('mtl'), untypedLabel: 'thing' }
const cell = (first: number, second: number, output: number, probability: number) => ({
  ...{ first, second, output, probability },
})

describe('links', () => {
  // "University of Oslo founded": two spans that end together and one that begins elsewhere
  const spans = [cell(0, 2, 0, 0.9), cell(2, 2, 0, 0.8), cell(4, 4, 0, 0.7), cell(1, 1, 0, 0.3), cell(4, 2, 0, 0.9)]
  const links = [cell(0, 4, 0, 0.9), cell(2, 4, 2, 0.6), cell(2, 4, 1, 0.9), cell(4, 2, 3, 0.9)]
  const pass = decodeLinks(spans, links, 5, config)

  it('give spans that overlap, but none below one half or backwards', () => {
    expect(pass.spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 3, 'thing'],
      [2, 3, 'thing'],
      [4, 5, 'thing'],
    ])
  })

  it('give a triple where first words and last words are linked, as probable as the weaker link', () => {
    expect(pass.triples).toEqual([
      {
        subject: { start: 0, end: 3, label: 'thing' },
        ...{ type: 'founded', object: { start: 4, end: 5, label: 'thing' }, probability: 0.6 },
      },
    ])
    expect(pass.cells).toEqual([{ subject: 2, type: 'founded', object: 4, probability: 0.6 }])
    const reading = { anchor: 'last', threshold: 0.5 } as const
    expect(decodeTriples({ ...pass, ...reading })).toHaveLength(1)
    expect(decodeTriples({ ...pass, ...reading, thresholds: { founded: 0.7 } })).toEqual([])
  })

  it('give tags of the spans that do not overlap', () => {
    expect(pass.tags).toEqual(['B', 'I', 'E', 'O', 'S'])
  })
})

describe('ends', () => {
  const found = (starts: readonly number[], ends: readonly number[]) =>
    spansOf(
      starts.length,
      (word) => starts[word] ?? 0,
      (word) => ends[word] ?? 0,
    ).map(({ start, end, probability }) => [start, end, probability])

  it('belong to the nearest start before them, and a span is as probable as its weaker end', () => {
    expect(found([0.9, 0, 0.8, 0], [0, 0.7, 0, 0.9])).toEqual([
      [2, 4, 0.8],
      [0, 2, 0.7],
    ])
  })

  it('below one half give further spans, without changing those above', () => {
    expect(found([0.9, 0, 0.3], [0, 0.6, 0.4])).toEqual([
      [0, 2, 0.6],
      [2, 3, 0.3],
    ])
    expect(found([0.9, 0.1], [0.1, 0.1])).toEqual([])
  })
})
