/** Layers: what differs from the annotation that is edited, and taking it over. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, relationKey, spanKey, type Annotation } from '#main/document/annotation'
import type { EditContext } from '#main/document/edit'
import { describeDifference, takeDifference, takeLayer } from '#main/document/edit-layers'
import { compareLayer, differenceKey } from '#main/document/layer-differences'
import type { SentenceLayer } from '#main/document/layer'
import { applyChanges, invertChanges } from '#main/document/operation'

const words = 'Mara Velt founded Orbisk Labs in Tarnow .'.split(' ')
let nextId = 0
const context: EditContext = { author: 'Ada', words, newId: () => `new${(nextId += 1)}` }
const mine = { origin: 'person', author: 'Ada' } as const
const theirs = { origin: 'import', author: 'anna' } as const

const gold: Annotation = {
  ...emptyAnnotation,
  spans: [
    { id: 'mara', start: 0, end: 2, label: 'PER', provenance: mine },
    { id: 'orbisk', start: 3, end: 5, label: 'ORG', provenance: mine },
  ],
  relations: [{ id: 'founded', subject: 'mara', object: 'orbisk', type: 'founder_of', provenance: mine }],
}
const layerOf = (annotation: SentenceLayer['annotation']): SentenceLayer => ({
  ...{ name: 'anna', kind: 'annotator', annotation },
})
const anna = layerOf({
  spans: [
    { id: '1', start: 0, end: 2, label: 'ORG', provenance: theirs },
    { id: '2', start: 3, end: 4, label: 'ORG', provenance: theirs },
    { id: '3', start: 6, end: 7, label: 'LOC', provenance: theirs },
  ],
  relations: [
    { id: 'a', subject: '1', object: '2', type: 'owner_of', provenance: theirs },
    { id: 'b', subject: '2', object: '3', type: 'based_in', provenance: theirs },
  ],
})
const described = (annotation: Annotation, layer: SentenceLayer) =>
  compareLayer(annotation, layer.annotation).differences.map(
    (one) => `${one.item} ${one.kind}: ${describeDifference(annotation, layer, one, context)}`,
  )
const take = (annotation: Annotation, layer: SentenceLayer, at: number): Annotation => {
  const difference = compareLayer(annotation, layer.annotation).differences[at]
  return difference
    ? applyChanges(annotation, takeDifference(annotation, layer, difference, context).changes)
    : annotation
}

describe('what differs between an annotation and a layer', () => {
  it('tells spans of another type or bounds, spans and relations of one side only, and relations of another type', () => {
    expect(described(gold, anna)).toEqual([
      'span type: Mara Velt is ORG, not PER',
      'span bounds: Orbisk is ORG, not Orbisk Labs',
      'span only-there: Tarnow is LOC',
      'relation type: owner_of, Mara Velt to Orbisk, not founder_of',
      'relation only-there: based_in, Orbisk to Tarnow',
    ])
    expect(described(gold, layerOf({ spans: [], relations: [] }))).toEqual([
      'span only-here: Mara Velt is not PER',
      'span only-here: Orbisk Labs is not ORG',
      'relation only-here: founder_of, Mara Velt to Orbisk Labs, is not there',
    ])
  })

  it('finds nothing where only ids, origins, remarks and order differ', () => {
    const [first, second] = gold.spans
    const same = layerOf({
      spans: [
        { ...second!, id: 'x', provenance: theirs, remark: { note: 'sure?', isFlagged: true } },
        { ...first!, id: 'y', provenance: theirs },
      ],
      relations: [{ ...gold.relations[0]!, id: 'z', subject: 'y', object: 'x' }],
    })
    expect(described(gold, same)).toEqual([])
  })

  it('compares characters within words', () => {
    const inner = layerOf({
      spans: [{ ...gold.spans[0]!, chars: { start: 0, end: 3 } }, gold.spans[1]!],
      relations: [],
    })
    expect(compareLayer(gold, inner.annotation).differences.map(({ item, kind }) => `${item} ${kind}`)).toEqual([
      'span bounds',
      'relation only-here',
    ])
  })

  it('leaves spans apart that overlap several of the other side', () => {
    const wide = layerOf({ spans: [{ id: 'w', start: 0, end: 5, label: 'ORG', provenance: theirs }], relations: [] })
    expect(described(gold, wide).map((text) => text.split(':')[0])).toEqual([
      'span only-here',
      'span only-there',
      'span only-here',
      'relation only-here',
    ])
  })

  it('compares a span or relation that one side holds twice only once', () => {
    const twice = layerOf({
      spans: [...gold.spans, { ...gold.spans[0]!, id: 'again' }],
      relations: [...gold.relations, { ...gold.relations[0]!, id: 'again', subject: 'again' }],
    })
    expect(described(gold, twice)).toEqual([])
    expect(described({ ...gold, ...twice.annotation }, layerOf(gold))).toEqual([])
  })
})

describe('taking over from a layer', () => {
  it('keeps the identity of a span that changes its type or bounds, and with it its relations', () => {
    const after = take(take(gold, anna, 0), anna, 0)
    expect(after.spans).toEqual([
      { id: 'mara', start: 0, end: 2, label: 'ORG', provenance: theirs },
      { id: 'orbisk', start: 3, end: 4, label: 'ORG', provenance: theirs },
    ])
    expect(after.relations).toEqual(gold.relations)
  })

  it('brings along the spans that a relation needs', () => {
    const after = take(gold, anna, 4)
    expect(after.spans.map(({ label }) => label)).toEqual(['PER', 'ORG', 'LOC'])
    expect(after.relations.at(-1)).toMatchObject({ subject: 'orbisk', type: 'based_in', provenance: theirs })
  })

  it('removes what the layer does not hold, a span with its relations', () => {
    const after = take(gold, layerOf({ spans: [], relations: [] }), 0)
    expect([after.spans.length, after.relations.length]).toEqual([1, 0])
  })

  it('forgets the refusal of what becomes gold', () => {
    const [tarnow, orbisk] = [
      { start: 6, end: 7, label: 'LOC' },
      { start: 3, end: 5 },
    ]
    const refusals = [
      { id: 'r1', kind: 'span', key: spanKey(tarnow), provenance: mine },
      { id: 'r2', kind: 'relation', key: relationKey(orbisk, 'based_in', tarnow), provenance: mine },
    ] as const
    expect(take({ ...gold, rejections: refusals }, anna, 4).rejections).toEqual([])
  })

  it('says what the act was', () => {
    const [type] = compareLayer(gold, anna.annotation).differences
    expect(takeDifference(gold, anna, type!, context).description).toBe('As in anna: Mara Velt is ORG, not PER')
    expect(takeLayer(gold, anna, context).description).toBe('As in anna: 2 added, 3 changed')
    expect(takeLayer(gold, layerOf(gold), context)).toEqual({
      changes: [],
      description: 'The annotation is what anna says already',
    })
  })

  const range = fc
    .tuple(fc.nat(words.length - 1), fc.integer({ min: 1, max: 3 }))
    .map(([start, length]) => ({ start, end: Math.min(start + length, words.length) }))
  const items = fc
    .array(fc.record({ range, label: fc.constantFrom('PER', 'ORG', 'LOC') }), { maxLength: 6 })
    .chain((spans) =>
      fc.record({
        spans: fc.constant(
          spans.map(({ range, label }, at) => ({ ...range, id: `s${at}`, label, provenance: theirs })),
        ),
        relations: fc
          .array(
            fc.record({
              subject: fc.nat(Math.max(0, spans.length - 1)).map((at) => `s${at}`),
              object: fc.nat(Math.max(0, spans.length - 1)).map((at) => `s${at}`),
              type: fc.constantFrom('based_in', 'founder_of'),
            }),
            { maxLength: spans.length === 0 ? 0 : 5 },
          )
          .map((relations) => relations.map((one, at) => ({ ...one, id: `r${at}`, provenance: theirs }))),
      }),
    )

  it('leaves no difference, whatever both hold, and can be taken back', () =>
    fc.assert(
      fc.property(items, items, (here, there) => {
        const annotation = { ...emptyAnnotation, ...here, review: { isReviewed: true, isFlagged: false, note: 'kept' } }
        const layer = layerOf(there)
        const { changes } = takeLayer(annotation, layer, context)
        const after = applyChanges(annotation, changes)
        expect(compareLayer(after, layer.annotation).differences).toEqual([])
        expect(after.review).toEqual(annotation.review)
        const back = applyChanges(after, invertChanges(changes))
        const sorted = <Item extends { readonly id: string }>(list: readonly Item[]) =>
          list.toSorted((a, b) => (a.id < b.id ? -1 : 1))
        expect([sorted(back.spans), sorted(back.relations)]).toEqual([
          sorted(annotation.spans),
          sorted(annotation.relations),
        ])
      }),
    ))

  it('comes to the same, difference by difference, in any order', () =>
    fc.assert(
      fc.property(items, items, fc.array(fc.nat(20), { minLength: 40, maxLength: 40 }), (here, there, picks) => {
        let annotation: Annotation = { ...emptyAnnotation, ...here }
        for (const pick of picks) {
          const { differences } = compareLayer(annotation, there)
          if (differences.length > 0) annotation = take(annotation, layerOf(there), pick % differences.length)
        }
        expect(compareLayer(annotation, there).differences).toEqual([])
      }),
    ))

  it('names every difference of a comparison differently', () =>
    fc.assert(
      fc.property(items, items, (here, there) => {
        const keys = compareLayer(here, there).differences.map(differenceKey)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    ))
})
