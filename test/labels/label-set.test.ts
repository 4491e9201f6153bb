/** Label sets: what may be joined, and how two sets become one. */
import { describe, expect, it } from 'vitest'
import { legalRelationTypes, mergeLabelSets, type LabelSet } from '#main/labels/label-set'

const labels: LabelSet = {
  entityTypes: [{ name: 'PERSON', hue: 0 }, { name: 'PLACE' }],
  relationTypes: [{ name: 'born_in' }, { name: 'knows' }],
  signatures: [{ relation: 'born_in', subject: 'PERSON', object: 'PLACE' }],
}

describe('label set', () => {
  it('lets a relation type join what its signatures allow, and anything when it has none', () => {
    expect(legalRelationTypes(labels, 'PERSON', 'PLACE').map(({ name }) => name)).toEqual(['born_in', 'knows'])
    expect(legalRelationTypes(labels, 'PLACE', 'PERSON').map(({ name }) => name)).toEqual(['knows'])
  })

  it('keeps what the first set says of a label when two are merged', () => {
    const other: LabelSet = {
      entityTypes: [{ name: 'PERSON', hue: 5 }, { name: 'WORK' }],
      relationTypes: [{ name: 'author_of' }],
      signatures: labels.signatures,
    }
    const merged = mergeLabelSets(labels, other)
    expect(merged.entityTypes).toEqual([{ name: 'PERSON', hue: 0 }, { name: 'PLACE' }, { name: 'WORK' }])
    expect(merged.relationTypes.map(({ name }) => name)).toEqual(['born_in', 'knows', 'author_of'])
    expect(merged.signatures).toHaveLength(1)
  })
})
