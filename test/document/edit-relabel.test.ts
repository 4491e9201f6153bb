/** Renaming a label in one annotation. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { relabelAnnotation } from '#main/document/edit-relabel'
import { applyChanges, invertChanges } from '#main/document/operation'

const provenance = { origin: 'import', author: 'file' } as const
const label = fc.constantFrom('PER', 'ORG', 'LOC')
const type = fc.constantFrom('led', 'met', 'a|b')

const annotations: fc.Arbitrary<Annotation> = fc
  .record({
    spans: fc.uniqueArray(fc.record({ start: fc.nat(3), length: fc.integer({ min: 1, max: 2 }), label }), {
      maxLength: 6,
      selector: ({ start, length, label: own }) => `${start} ${length} ${own}`,
    }),
    relations: fc.array(fc.tuple(fc.nat(), type, fc.nat()), { maxLength: 6 }),
    refused: fc.uniqueArray(fc.oneof(label, type), { maxLength: 4 }),
  })
  .map(({ spans, relations, refused }) => {
    const all = spans.map(({ start, length, label: own }, at) => ({
      ...{ id: `s${at}`, start, end: start + length, label: own, provenance },
    }))
    const seen = new Set<string>()
    return {
      ...emptyAnnotation,
      spans: all,
      relations: relations.flatMap(([from, own, to], at) => {
        const [subject, object] = [all[from % all.length]?.id, all[to % all.length]?.id]
        const key = `${subject} ${own} ${object}`
        if (!subject || !object || seen.has(key)) return []
        seen.add(key)
        return [{ id: `r${at}`, subject, type: own, object, provenance }]
      }),
      rejections: refused.map((name, at) => {
        const isSpan = ['PER', 'ORG', 'LOC'].includes(name)
        const key = isSpan ? `0:1:${name}` : `0:1|${name}|2:3`
        return { id: `x${at}`, kind: isSpan ? ('span' as const) : ('relation' as const), key, provenance }
      }),
    }
  })

describe('renaming a label', () => {
  it('leaves nothing of the old one, no two equal things, nothing dangling, and can be taken back', () => {
    fc.assert(
      fc.property(annotations, fc.constantFrom('entity' as const, 'relation' as const), (annotation, kind) => {
        const [from, to] = kind === 'entity' ? ['PER', 'ORG'] : ['a|b', 'met']
        const changes = relabelAnnotation(annotation, kind, from, to)
        const after = applyChanges(annotation, changes) // throws where a relation dangles
        const labels = kind === 'entity' ? after.spans.map((s) => s.label) : after.relations.map((r) => r.type)
        expect(labels).not.toContain(from)
        const keys = [
          ...after.spans.map((s) => `${s.start}:${s.end}:${s.label}`),
          ...after.relations.map((r) => `${r.subject}|${r.type}|${r.object}`),
          ...after.rejections.map((r) => `${r.kind} ${r.key}`),
        ]
        expect(new Set(keys).size).toBe(keys.length)
        const back = applyChanges(after, invertChanges(changes))
        const sorted = (items: readonly { readonly id: string }[]) => items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
        expect(sorted(back.spans)).toEqual(sorted(annotation.spans))
        expect(sorted(back.relations)).toEqual(sorted(annotation.relations))
        expect(sorted(back.rejections)).toEqual(sorted(annotation.rejections))
      }),
      { numRuns: 400 },
    )
  })

  it('keeps remarks, those of what goes on what stays', () => {
    const flagged = { remark: { note: '', isFlagged: true } }
    const noted = (note: string) => ({ remark: { note, isFlagged: false } })
    const spans = [
      { id: 'a', start: 0, end: 1, label: 'PER', provenance, ...noted('which?') },
      { id: 'b', start: 0, end: 1, label: 'ORG', provenance, ...flagged },
      { id: 'c', start: 2, end: 3, label: 'PER', provenance, ...flagged },
    ]
    const relations = [
      { id: 'r', subject: 'a', type: 'led', object: 'c', provenance, ...noted('sure') },
      { id: 'q', subject: 'b', type: 'led', object: 'c', provenance, ...noted('not sure') },
    ]
    const annotation = { ...emptyAnnotation, spans, relations }
    const changes = relabelAnnotation(annotation, 'entity', 'PER', 'ORG')
    const after = applyChanges(annotation, changes)
    expect(after.spans).toMatchObject([
      { id: 'b', remark: { note: 'which?', isFlagged: true } },
      { id: 'c', label: 'ORG', ...flagged },
    ])
    expect(after.relations).toMatchObject([{ id: 'q', remark: { note: 'not sure\nsure', isFlagged: false } }])
    expect(new Set(applyChanges(after, invertChanges(changes)).spans)).toEqual(new Set(spans))
  })

  it('moves the relations of a span that becomes equal to another, and keeps refusals', () => {
    const spans = [
      { id: 'a', start: 0, end: 1, label: 'PER', provenance },
      { id: 'b', start: 0, end: 1, label: 'ORG', provenance },
      { id: 'c', start: 2, end: 3, label: 'LOC', provenance },
    ]
    const relations = [
      { id: 'r', subject: 'a', type: 'led', object: 'c', provenance },
      { id: 'q', subject: 'b', type: 'led', object: 'c', provenance },
      { id: 'p', subject: 'a', type: 'met', object: 'c', provenance },
    ]
    const rejections = [{ id: 'x', kind: 'span' as const, key: '4:5:PER', provenance }]
    const annotation = { ...emptyAnnotation, spans, relations, rejections }
    const after = applyChanges(annotation, relabelAnnotation(annotation, 'entity', 'PER', 'ORG'))
    expect(after.spans.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(after.relations.map(({ id, subject }) => [id, subject])).toEqual([
      ['q', 'b'],
      ['p', 'b'],
    ])
    expect(after.rejections[0]?.key).toBe('4:5:ORG')
  })
})
