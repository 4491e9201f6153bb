/** Adjudication: where versions differ, what each says there, and what becomes of the annotation when one is taken. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedRelation, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import { countDisputes, findDisputes, versionsOf } from '#main/document/disputes'
import { describeClaim, saysAs, takeVersion } from '#main/document/edit-adjudicate'
import type { LayerKind, SentenceLayer } from '#main/document/layer'
import { compareLayer } from '#main/document/layer-differences'
import { applyChanges } from '#main/document/operation'

const words = 'Mara Velt founded Orbisk Labs in Tarnow with Jon Reed .'.split(' ')
let ids = 0
const context = { author: 'Lea', words, newId: () => `new${ids++}` }

type Said = readonly (readonly [start: number, end: number, label: string])[]
type Related = readonly (readonly [subject: number, type: string, object: number])[]

function said(author: string, spans: Said, relations: Related = []): Annotation {
  const provenance = { origin: 'person', author } as const
  return {
    ...emptyAnnotation,
    spans: spans.map(([start, end, label], at): AnnotatedSpan => ({
      id: `${author}${at}`,
      start,
      end,
      label,
      provenance,
    })),
    relations: relations.map(([subject, type, object], at): AnnotatedRelation => ({
      ...{ id: `${author}r${at}`, subject: `${author}${subject}`, type, object: `${author}${object}`, provenance },
    })),
  }
}
const layer = (name: string, spans: Said, relations: Related = [], kind: LayerKind = 'annotator'): SentenceLayer => ({
  ...{ kind, name, annotation: said(name, spans, relations) },
})
const adjudicate = (annotation: Annotation, layers: readonly SentenceLayer[]) => {
  const versions = versionsOf(annotation, layers, 'apart')
  return { versions, ...findDisputes(versions) }
}
const held = ({ spans, relations }: Annotation) => ({
  spans: spans.map(({ start, end, label }) => `${start}-${end} ${label}`).sort(),
  relations: relations.map(({ type }) => type).sort(),
})

describe('versions', () => {
  const ada = layer('Ada', [[0, 2, 'PER']])
  const ben = layer('Ben', [])
  const system = layer('gliner', [], [], 'system')
  const names = (versions: readonly SentenceLayer[]) => versions.map(({ name }) => name)

  it('hold the annotation where it says something, or where there is only one other', () => {
    expect(names(versionsOf(emptyAnnotation, [ada, ben], 'apart'))).toEqual(['Ada', 'Ben'])
    expect(names(versionsOf(said('x', [[0, 1, 'PER']]), [ada, ben], 'apart'))).toEqual(['gold', 'Ada', 'Ben'])
    expect(names(versionsOf(emptyAnnotation, [ada], 'apart'))).toEqual(['gold', 'Ada'])
  })

  it('leave models out until they are asked for, unless nobody else says anything', () => {
    expect(names(versionsOf(emptyAnnotation, [ada, ben, system], 'apart'))).toEqual(['Ada', 'Ben'])
    expect(names(versionsOf(emptyAnnotation, [ada, ben, system], 'beside'))).toEqual(['Ada', 'Ben', 'gliner'])
    expect(names(versionsOf(emptyAnnotation, [system], 'apart'))).toEqual(['gold', 'gliner'])
  })
})

describe('disputes', () => {
  it('are one for spans that overlap, and none for what all hold', () => {
    const ada = layer('Ada', [
      [0, 2, 'PER'],
      [3, 5, 'ORG'],
      [6, 7, 'LOC'],
    ])
    const ben = layer('Ben', [
      [0, 2, 'PER'],
      [3, 4, 'ORG'],
      [6, 7, 'ORG'],
      [8, 10, 'PER'],
    ])
    const { disputes } = adjudicate(emptyAnnotation, [ada, ben])
    expect(disputes.map(({ key }) => key)).toEqual(['span 3:5', 'span 6:7', 'span 8:10'])
    const tell = (at: number) =>
      [ada, ben].map((version, number) => describeClaim(version, disputes[at]!, number, context)) // one of three
    expect(tell(0)).toEqual(['Orbisk Labs is ORG', 'Orbisk is ORG'])
    expect(tell(2)).toEqual(['Jon Reed is not marked', 'Jon Reed is PER'])
  })

  it('say which versions say the same', () => {
    const [ada, ben, cy] = [layer('Ada', [[0, 2, 'PER']]), layer('Ben', []), layer('Cy', [[0, 2, 'PER']])]
    const { disputes } = adjudicate(emptyAnnotation, [ada, ben, cy])
    expect(disputes.map(({ claims }) => claims.map(({ sameAs }) => sameAs))).toEqual([[0, 1, 0]])
  })

  it('are about a relation only among those who mark both its ends, whatever they call them', () => {
    const ada = layer(
      'Ada',
      [
        [0, 2, 'PER'],
        [3, 5, 'ORG'],
      ],
      [[0, 'leads', 1]],
    )
    const ben = layer(
      'Ben',
      [
        [0, 2, 'PER'],
        [3, 4, 'ORG'],
      ],
      [[0, 'founded', 1]],
    )
    const cy = layer('Cy', [[0, 2, 'PER']])
    const two = adjudicate(emptyAnnotation, [ada, ben])
    expect(two.disputes.map(({ item }) => item)).toEqual(['span', 'relation'])
    const alone = adjudicate(emptyAnnotation, [ada, cy])
    expect(alone.disputes.map(({ item }) => item)).toEqual(['span'])
  })

  it('are counted for the queue', () => {
    const ada = layer('Ada', [[0, 2, 'PER']])
    expect(countDisputes(emptyAnnotation, [ada, layer('Ben', [[0, 2, 'PER']])])).toBe(0)
    expect(countDisputes(emptyAnnotation, [ada, layer('Ben', [[0, 2, 'ORG']])])).toBe(1)
  })
})

describe('deciding', () => {
  const ada = layer(
    'Ada',
    [
      [0, 2, 'PER'],
      [3, 5, 'ORG'],
      [6, 7, 'LOC'],
    ],
    [
      [0, 'leads', 1],
      [1, 'in', 2],
    ],
  )
  const ben = layer(
    'Ben',
    [
      [0, 2, 'PER'],
      [3, 4, 'ORG'],
      [8, 10, 'PER'],
    ],
    [[0, 'founded', 1]],
  )
  const found = adjudicate(emptyAnnotation, [ada, ben])
  const decide = (annotation: Annotation, ...numbers: readonly number[]) =>
    numbers.reduce((current, number, at) => {
      const edit = takeVersion(current, found, found.disputes[at]!, number, context) // as many as numbers
      return applyChanges(current, edit.changes)
    }, annotation)

  it('takes each over with one act that names whose it was, and brings along what all agree on', () => {
    const edit = takeVersion(emptyAnnotation, found, found.disputes[0]!, 1, context)
    expect(edit.description).toBe('As Ben: Orbisk is ORG')
    const annotation = applyChanges(emptyAnnotation, edit.changes)
    expect(held(annotation)).toEqual({ spans: ['0-2 PER', '3-4 ORG'], relations: [] })
    expect(annotation.spans.find(({ start }) => start === 3)?.provenance.author).toBe('Ben')
  })

  it('makes the annotation one of the versions where that is always taken', () => {
    for (const [number, version] of [ada, ben].entries()) {
      const annotation = decide(emptyAnnotation, ...found.disputes.map(() => number))
      expect(compareLayer(annotation, version.annotation).differences).toEqual([])
    }
  })

  it('joins the spans that were decided on, also by a relation of somebody with other bounds', () => {
    // spans: Ben's Orbisk, Ada's Tarnow, no Jon Reed; then Ada's relation
    const annotation = decide(emptyAnnotation, 1, 0, 0, 0)
    expect(held(annotation)).toEqual({ spans: ['0-2 PER', '3-4 ORG', '6-7 LOC'], relations: ['in', 'leads'] })
    expect(found.disputes.every((dispute, at) => saysAs(annotation, [ada, ben][[1, 0, 0, 0][at] ?? 0]!, dispute))).toBe(
      true,
    )
  })

  it('can be decided again, with nothing left of the first choice', () => {
    const first = decide(emptyAnnotation, 0, 0, 1, 1)
    const again = decide(first, 1, 1, 0, 0)
    expect(held(again).spans).toEqual(['0-2 PER', '3-4 ORG'])
    expect(held(again).relations).toEqual(['leads'])
  })

  it('keeps what the adjudicator removed although all agree on it', () => {
    const first = decide(emptyAnnotation, 0)
    const without = { ...first, spans: first.spans.filter(({ start }) => start !== 0), relations: [] }
    const more = adjudicate(emptyAnnotation, [
      layer('Ada', [
        [0, 2, 'PER'],
        [3, 5, 'ORG'],
        [6, 7, 'LOC'],
      ]),
      layer('Ben', [
        [0, 2, 'PER'],
        [3, 5, 'ORG'],
      ]),
    ])
    const edit = takeVersion(without, more, more.disputes[0]!, 0, context)
    expect(held(applyChanges(without, edit.changes)).spans).toEqual(['3-5 ORG', '6-7 LOC'])
  })

  it('ends with what was chosen at every dispute about spans, whatever the versions say', () => {
    const spans = fc
      .array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 3 }), fc.constantFrom('PER', 'ORG')), { maxLength: 5 })
      .map((all) => all.map(([start, length, label]) => [start, Math.min(start + length, 11), label] as const))
    const relations = fc.array(fc.tuple(fc.nat(4), fc.constantFrom('r', 's'), fc.nat(4)), { maxLength: 4 })
    const version = fc.tuple(spans, relations).map(([marked, related]) => ({
      marked,
      related: related.flatMap(([s, type, o]) =>
        marked.length === 0 ? [] : [[s % marked.length, type, o % marked.length] as const],
      ),
    }))
    fc.assert(
      fc.property(
        version,
        version,
        version,
        fc.array(fc.nat(2), { minLength: 20, maxLength: 20 }),
        (a, b, c, choices) => {
          const layers = [a, b, c].map(({ marked, related }, at) => layer(`v${at}`, marked, related))
          const all = adjudicate(emptyAnnotation, layers)
          let current: Annotation = emptyAnnotation
          all.disputes.forEach((dispute, at) => {
            const number = (choices[at] ?? 0) % all.versions.length
            if (!dispute.claims[number]?.hasOpinion) return
            current = applyChanges(current, takeVersion(current, all, dispute, number, context).changes)
            if (dispute.item === 'span') expect(saysAs(current, all.versions[number]!, dispute)).toBe(true)
          })
        },
      ),
    )
  })
})
