/** Edits of a label set. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addType,
  changeType,
  moveType,
  removeType,
  renameType,
  toggleSignature,
  typesOf,
} from '#main/labels/edit-labels'
import { legalRelationTypes, type LabelSet } from '#main/labels/label-set'

const labels: LabelSet = {
  entityTypes: [{ name: 'PER', key: 'c' }, { name: 'ORG', hue: 3 }, { name: 'FIRM' }],
  relationTypes: [{ name: 'founded' }, { name: 'led', key: 'k' }],
  signatures: [
    { relation: 'founded', subject: 'PER', object: 'ORG' },
    { relation: 'founded', subject: 'PER', object: 'FIRM' },
  ],
}
const name = fc.constantFrom('PER', 'ORG', 'FIRM', 'founded', 'led', 'new')
const kind = fc.constantFrom('entity' as const, 'relation' as const)

describe('a label set', () => {
  it('takes new types and refuses those it has, and empty names', () => {
    expect(addType(labels, 'entity', ' CITY ').entityTypes.at(-1)).toEqual({ name: 'CITY' })
    expect(() => addType(labels, 'entity', 'ORG')).toThrow('ORG is there already')
    expect(() => addType(labels, 'relation', ' ')).toThrow('needs a name')
  })

  it('loses the signatures of a type with it', () => {
    expect(removeType(labels, 'entity', 'FIRM').signatures).toHaveLength(1)
    expect(removeType(labels, 'relation', 'founded').signatures).toEqual([])
  })

  it('moves types as far as there is room', () => {
    const names = (by: number) => moveType(labels, 'entity', 'ORG', by).entityTypes.map((type) => type.name)
    expect(names(1)).toEqual(['PER', 'FIRM', 'ORG'])
    expect(names(-9)).toEqual(['ORG', 'PER', 'FIRM'])
  })

  it('gives a type a key, a colour and a guideline, and takes them away', () => {
    const changed = changeType(labels, 'entity', 'PER', { key: null, hue: 5, guideline: 'people, not roles' })
    expect(changed.entityTypes[0]).toEqual({ name: 'PER', hue: 5, guideline: 'people, not roles' })
  })

  it('allows a pair and forbids it again', () => {
    const signature = { relation: 'led', subject: 'PER', object: 'ORG' }
    const allowed = toggleSignature(labels, signature)
    expect(legalRelationTypes(allowed, 'ORG', 'PER').map((type) => type.name)).toEqual([])
    expect(toggleSignature(allowed, signature)).toEqual(labels)
  })

  it('renames a type in its place, key and signatures with it', () => {
    const renamed = renameType(labels, 'entity', 'PER', 'PERSON')
    expect(renamed.entityTypes[0]).toEqual({ name: 'PERSON', key: 'c' })
    expect(renamed.signatures.map(({ subject }) => subject)).toEqual(['PERSON', 'PERSON'])
  })

  it('merges a type into one that is there, which keeps its looks; what may be joined by either may be joined', () => {
    const merged = renameType(labels, 'entity', 'FIRM', 'ORG')
    expect(merged.entityTypes).toEqual([
      { name: 'PER', key: 'c' },
      { name: 'ORG', hue: 3 },
    ])
    expect(merged.signatures).toEqual([{ relation: 'founded', subject: 'PER', object: 'ORG' }])
    // led may join anything, so founded may after it took led in
    expect(renameType(labels, 'relation', 'led', 'founded').signatures).toEqual([])
  })

  it('never has two types of a name or a signature of an unknown type, whatever is renamed', () => {
    fc.assert(
      fc.property(kind, name, name, (which, from, to) => {
        fc.pre(from !== to && typesOf(labels, which).some((type) => type.name === from))
        const after = renameType(labels, which, from, to)
        for (const both of ['entity', 'relation'] as const) {
          const names = typesOf(after, both).map((type) => type.name)
          expect(new Set(names).size).toBe(names.length)
        }
        const [entities, relations] = [after.entityTypes, after.relationTypes].map(
          (types) => new Set(types.map((type) => type.name)),
        )
        for (const { relation, subject, object } of after.signatures)
          expect([relations?.has(relation), entities?.has(subject), entities?.has(object)]).toEqual([true, true, true])
        if (from !== to) expect(typesOf(after, which).some((type) => type.name === from)).toBe(false)
      }),
    )
  })
})
