/** What "done and next" lists before a sentence counts as reviewed. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { violationsOf } from '#main/labels/check-annotation'
import type { LabelSet } from '#main/labels/label-set'

const provenance = { origin: 'person', author: 'Ada' } as const
const words = 'Mara Velt founded Orbisk Labs in Tarnow .'.split(' ')
const labels: LabelSet = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORGANISATION' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'knows' }],
  signatures: [{ relation: 'founder_of', subject: 'PERSON', object: 'ORGANISATION' }],
}
const mara = { id: 'm', start: 0, end: 2, label: 'PERSON', provenance }
const orbisk = { id: 'o', start: 3, end: 5, label: 'ORGANISATION', provenance }
const founded = { id: 'r', subject: 'm', object: 'o', type: 'founder_of', provenance }
const check = (part: Partial<Annotation>) => violationsOf(labels, { ...emptyAnnotation, ...part }, words)

describe('checking an annotation', () => {
  it('finds nothing in a sound one, and lets a relation without signatures join anything', () => {
    expect(check({ spans: [mara, orbisk], relations: [founded, { ...founded, id: 'k', type: 'knows' }] })).toEqual([])
  })

  it('lists a relation that goes the wrong way', () => {
    const [only, ...others] = check({ spans: [mara, orbisk], relations: [{ ...founded, subject: 'o', object: 'm' }] })
    expect(others).toEqual([])
    expect(only).toMatchObject({ kind: 'signature', relationId: 'r' })
    expect(only?.message).toBe('founder_of may not go from ORGANISATION (Orbisk Labs) to PERSON (Mara Velt)')
  })

  it('lists labels the label set does not know', () => {
    expect(check({ spans: [{ ...mara, label: 'GOD' }] }).map(({ kind }) => kind)).toEqual(['unknown-entity-type'])
    const relations = [{ ...founded, type: 'loves' }]
    expect(check({ spans: [mara, orbisk], relations }).map(({ kind }) => kind)).toEqual(['unknown-relation-type'])
  })

  it('lists spans that end within a word, with what training makes of them', () => {
    const cut = { ...orbisk, chars: { start: 18, end: 27 } }
    let at = 0
    const tokens = words.map((word) => {
      const start = at
      at += word.length + 1
      return { start, end: start + word.length }
    })
    const [only, ...others] = violationsOf(labels, { ...emptyAnnotation, spans: [mara, cut] }, words, tokens)
    expect(others).toEqual([])
    expect(only).toMatchObject({ kind: 'off-token', spanIds: ['o'] })
    expect(only?.message).toBe('Orbisk La begins or ends within a word: training rounds it to Orbisk Labs')
  })

  it('lists spans that share a word, because tags hold one layer', () => {
    const [only] = check({ spans: [mara, { ...orbisk, start: 1 }] })
    expect(only).toMatchObject({ kind: 'overlap', spanIds: ['m', 'o'] })
  })
})
