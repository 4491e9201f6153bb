/** Relations ⇄ cells: decoding undoes encoding as long as no two spans share an anchor. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Anchor } from '#main/document/prediction'
import { decodeCells, encodeCells } from '#main/tagging/relation-table'
import { taggableSentence } from '../support/tagging-arbitraries.ts'

const anchors: Anchor[] = ['last', 'first']

describe('relations and cells', () => {
  it.each(anchors)('decoding undoes encoding with spans entered at their %s token', (anchor) =>
    fc.assert(
      fc.property(
        taggableSentence,
        fc.array(fc.tuple(fc.nat(20), fc.constantFrom('founder_of', 'based_in'), fc.nat(20))),
        ({ spans }, pairs) => {
          const triples = pairs.flatMap(([s, type, o]) => {
            const [subject, object] = [spans[s % spans.length], spans[o % spans.length]]
            return subject && object ? [{ subject, type, object }] : []
          })
          const unique = [...new Map(triples.map((triple) => [JSON.stringify(triple), triple])).values()]
          expect(decodeCells(encodeCells(triples, anchor), spans, anchor)).toEqual(unique)
        },
      ),
    ),
  )

  it('takes a relation from a span to itself as a cell on the diagonal', () => {
    const span = { start: 1, end: 3, label: 'PER' }
    expect(encodeCells([{ subject: span, type: 'knows', object: span }], 'last')).toEqual([
      { subject: 2, type: 'knows', object: 2 },
    ])
  })

  it('lets relations of spans with one anchor fall into one cell', () => {
    const outer = { start: 0, end: 3, label: 'ORG' }
    const inner = { start: 2, end: 3, label: 'PER' }
    const other = { start: 4, end: 5, label: 'PER' }
    const cells = encodeCells(
      [outer, inner].map((subject) => ({ subject, type: 'knows', object: other })),
      'last',
    )
    expect(cells).toHaveLength(1)
    expect(decodeCells(cells, [outer, inner, other], 'last')).toEqual([
      { subject: outer, type: 'knows', object: other },
    ])
  })

  it('drops a cell whose token anchors no span', () =>
    expect(
      decodeCells([{ subject: 0, type: 'knows', object: 9 }], [{ start: 0, end: 1, label: 'PER' }], 'last'),
    ).toEqual([]))
})
