/** The operation log's arithmetic: what is done can be taken back, and a stale change is refused. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import { applyChanges, ChangeConflict, invertChanges, type Change } from '#main/document/operation'

const provenance = { origin: 'person', author: 'Ada' } as const
const mara: AnnotatedSpan = { id: 'm', start: 0, end: 2, label: 'PERSON', provenance }
const orbisk: AnnotatedSpan = { id: 'o', start: 3, end: 5, label: 'ORGANISATION', provenance }
const founded = { id: 'r', subject: 'm', object: 'o', type: 'founder_of', provenance }

const build: Change[] = [
  { kind: 'span', before: null, after: mara },
  { kind: 'span', before: null, after: orbisk },
  { kind: 'relation', before: null, after: founded },
  { kind: 'review', before: emptyAnnotation.review, after: { ...emptyAnnotation.review, isReviewed: true } },
]

describe('applying changes', () => {
  it('builds an annotation, and the inverse takes every part back', () => {
    const built = applyChanges(emptyAnnotation, build)
    expect(built.spans).toEqual([mara, orbisk])
    expect(built.relations).toEqual([founded])
    expect(built.review.isReviewed).toBe(true)
    expect(applyChanges(built, invertChanges(build))).toEqual(emptyAnnotation)
  })

  it('keeps a relation when the bounds of its span change, because identity stays', () => {
    const built = applyChanges(emptyAnnotation, build)
    const wider = applyChanges(built, [{ kind: 'span', before: orbisk, after: { ...orbisk, end: 6 } }])
    expect(wider.relations).toEqual([founded])
    expect(wider.spans[1]?.end).toBe(6)
  })

  it('refuses a change that starts from a value which is no longer there', () => {
    const built = applyChanges(emptyAnnotation, build)
    const stale: Change = { kind: 'span', before: { ...mara, label: 'PLACE' }, after: null }
    expect(() => applyChanges(built, [stale])).toThrow(ChangeConflict)
    expect(() => applyChanges(built, [{ kind: 'span', before: null, after: mara }])).toThrow(/changed meanwhile/)
  })

  it('refuses to leave a relation without one of its spans', () => {
    const built = applyChanges(emptyAnnotation, build)
    expect(() => applyChanges(built, [{ kind: 'span', before: mara, after: null }])).toThrow(/founder_of/)
  })

  it('compares by content, not by the order of keys', () => {
    const built = applyChanges(emptyAnnotation, build)
    const reordered = {
      label: 'PERSON',
      provenance: { author: 'Ada', origin: 'person' },
      end: 2,
      start: 0,
      id: 'm',
    } as const
    expect(applyChanges(built, [{ kind: 'span', before: reordered, after: { ...mara, end: 1 } }]).spans[0]?.end).toBe(1)
  })
})
