/** The acts of the editor: each is one operation that can be applied and taken back. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, relationKey, spanKey, type Annotation } from '#main/document/annotation'
import { addSpan, deleteSpan, moveBounds, relabelSpan, type Edit, type EditContext } from '#main/document/edit'
import {
  addRelation,
  deleteRelation,
  retargetRelation,
  retypeRelation,
  reverseRelation,
} from '#main/document/edit-relations'
import { setFlagged, setNote, setReviewed } from '#main/document/edit-review'
import { acceptSuggestion, acceptSuggestions, rejectSuggestion } from '#main/document/edit-suggestions'
import { applyChanges, invertChanges } from '#main/document/operation'
import { suggestionsOf, type Suggestion } from '#main/document/suggestions'

const words = 'Mara Velt founded Orbisk Labs in Tarnow .'.split(' ')
const provenance = { origin: 'import', author: 'sample.json' } as const
let nextId = 0
const context: EditContext = { author: 'Ada', words, newId: () => `new${(nextId += 1)}` }

const gold: Annotation = {
  ...emptyAnnotation,
  spans: [
    { id: 'mara', start: 0, end: 2, label: 'PERSON', provenance },
    { id: 'orbisk', start: 3, end: 5, label: 'ORGANISATION', provenance },
    { id: 'tarnow', start: 6, end: 7, label: 'PLACE', provenance },
  ],
  relations: [
    { id: 'founded', subject: 'mara', object: 'orbisk', type: 'founder_of', provenance },
    { id: 'based', subject: 'orbisk', object: 'tarnow', type: 'based_in', provenance },
  ],
}

const apply = (edit: Edit, annotation = gold) => applyChanges(annotation, edit.changes)
const refuse = (kind: 'span' | 'relation', key: string): Annotation => ({
  ...gold,
  rejections: [{ id: 'no', kind, key, provenance }],
})

describe('editing spans', () => {
  it('labels a range in the name of the person', () => {
    const edit = addSpan(emptyAnnotation, { start: 6, end: 7 }, 'PLACE', context)
    expect(edit.description).toBe('Tarnow labelled PLACE')
    expect(apply(edit, emptyAnnotation).spans).toMatchObject([
      { start: 6, end: 7, label: 'PLACE', provenance: { origin: 'person', author: 'Ada' } },
    ])
  })

  it('relabels a span of the same range instead of laying a second one over it, and keeps its relations', () => {
    const after = apply(addSpan(gold, { start: 3, end: 5 }, 'WORK', context))
    expect(after.spans.map(({ id, label }) => `${id} ${label}`)).toEqual(['mara PERSON', 'orbisk WORK', 'tarnow PLACE'])
    expect(after.relations).toEqual(gold.relations)
  })

  it('keeps identity and relations when bounds move', () => {
    const edit = moveBounds(gold, 'orbisk', { start: 3, end: 4 }, context)
    expect(edit.description).toBe('Orbisk Labs is now Orbisk')
    expect(apply(edit).relations).toEqual(gold.relations)
  })

  it('refuses bounds outside the sentence and empty ones', () => {
    expect(() => moveBounds(gold, 'mara', { start: -1, end: 2 }, context)).toThrow(RangeError)
    expect(() => moveBounds(gold, 'tarnow', { start: 6, end: 9 }, context)).toThrow(/inside its sentence/)
    expect(() => moveBounds(gold, 'mara', { start: 2, end: 2 }, context)).toThrow(RangeError)
  })

  it('removes a span together with its relations, and taking that back restores all of it', () => {
    const edit = deleteSpan(gold, 'orbisk', context)
    expect(edit.description).toBe('ORGANISATION Orbisk Labs removed with its 2 relations')
    const after = apply(edit)
    expect(after.spans.map(({ id }) => id)).toEqual(['mara', 'tarnow'])
    expect(after.relations).toEqual([])
    const back = applyChanges(after, invertChanges(edit.changes))
    expect(new Set(back.spans)).toEqual(new Set(gold.spans))
    expect(new Set(back.relations)).toEqual(new Set(gold.relations))
  })

  it('changes nothing, and says so, when the label is already there', () => {
    expect(relabelSpan(gold, 'mara', 'PERSON', context)).toEqual({
      changes: [],
      description: 'Mara Velt is already labelled PERSON',
    })
  })

  it('drops the refusal of a span that a person labels after all', () => {
    const before = refuse('span', spanKey({ start: 7, end: 8, label: 'PLACE' }))
    expect(apply(addSpan(before, { start: 7, end: 8 }, 'PLACE', context), before).rejections).toEqual([])
  })
})

describe('editing relations', () => {
  it('adds, reverses, retypes, moves an end and removes, each described in words', () => {
    const added = addRelation(gold, 'mara', 'lives_in', 'tarnow', context)
    expect(added.description).toBe('Relation lives_in added, Mara Velt to Tarnow')
    expect(apply(added).relations).toHaveLength(3)
    expect(apply(reverseRelation(gold, 'founded', context)).relations[0]).toMatchObject({
      subject: 'orbisk',
      object: 'mara',
    })
    expect(apply(retypeRelation(gold, 'founded', 'led', context)).relations[0]).toMatchObject({ type: 'led' })
    expect(apply(retargetRelation(gold, 'based', 'object', 'mara', context)).relations[1]?.object).toBe('mara')
    expect(apply(deleteRelation(gold, 'based', context)).relations.map(({ id }) => id)).toEqual(['founded'])
  })

  it('does not add the same relation twice, but allows both directions and a span with itself', () => {
    expect(addRelation(gold, 'mara', 'founder_of', 'orbisk', context).changes).toEqual([])
    expect(apply(addRelation(gold, 'orbisk', 'founder_of', 'mara', context)).relations).toHaveLength(3)
    expect(apply(addRelation(gold, 'mara', 'knows', 'mara', context)).relations).toHaveLength(3)
  })

  it('drops the refusal of a relation that a person draws after all', () => {
    const before = refuse('relation', relationKey({ start: 0, end: 2 }, 'lives_in', { start: 6, end: 7 }))
    expect(apply(addRelation(before, 'mara', 'lives_in', 'tarnow', context), before).rejections).toEqual([])
  })
})

describe('answering suggestions', () => {
  const span = (start: number, end: number, label: string): Suggestion => ({
    kind: 'span',
    key: spanKey({ start, end, label }),
    start,
    end,
    label,
    probability: 0.8,
  })
  const livesIn: Suggestion = {
    kind: 'relation',
    key: '0:2|lives_in|6:7',
    subject: { start: 0, end: 2, label: 'PERSON' },
    type: 'lives_in',
    object: { start: 6, end: 7, label: 'PLACE' },
    probability: 0.64,
  }

  it('remembers the run and its confidence with what was accepted', () => {
    const after = apply(acceptSuggestion(gold, livesIn, { origin: 'run', author: 'run-2' }, context))
    expect(after.relations[2]).toMatchObject({
      subject: 'mara',
      object: 'tarnow',
      provenance: { origin: 'run', author: 'run-2', confidence: 0.64 },
    })
  })

  it('brings along the spans that an accepted relation needs', () => {
    const after = apply(
      acceptSuggestion(emptyAnnotation, livesIn, { origin: 'run', author: 'run-2' }, context),
      emptyAnnotation,
    )
    expect(after.spans.map(({ start, end, label }) => [start, end, label])).toEqual([
      [0, 2, 'PERSON'],
      [6, 7, 'PLACE'],
    ])
    expect(after.relations).toHaveLength(1)
  })

  it('corrects the one span a suggestion overlaps, so that its relations stay', () => {
    const after = apply(acceptSuggestion(gold, span(3, 6, 'WORK'), { origin: 'run', author: 'run-2' }, context))
    expect(after.spans[1]).toMatchObject({ id: 'orbisk', start: 3, end: 6, label: 'WORK' })
    expect(after.relations).toEqual(gold.relations)
  })

  it('accepts many as one operation, spans first', () => {
    const all = [livesIn, span(6, 7, 'PLACE'), span(0, 2, 'PERSON')]
    const edit = acceptSuggestions(emptyAnnotation, all, { origin: 'run', author: 'run-2' }, context)
    expect(edit.description).toBe('3 suggestions accepted')
    expect(apply(edit, emptyAnnotation)).toMatchObject({ spans: [{ start: 6 }, { start: 0 }], relations: [{}] })
  })

  it('keeps a refusal as an explicit negative, once', () => {
    const edit = rejectSuggestion(gold, livesIn, context)
    const after = apply(edit)
    expect(after.rejections).toMatchObject([{ kind: 'relation', key: livesIn.key, provenance: { author: 'Ada' } }])
    expect(after.relations).toEqual(gold.relations)
    expect(rejectSuggestion(after, livesIn, context).changes).toEqual([])
  })

  it('leaves nothing to suggest once everything is accepted, whatever the prediction', () => {
    const range = fc
      .tuple(fc.nat(7), fc.nat(3))
      .map(([start, width]) => ({ start, end: Math.min(start + width, 7) + 1 }))
    const spans = fc.uniqueArray(
      range.map((r) => ({ ...r, label: 'THING', probability: 0.9 })),
      { selector: ({ end }) => end, maxLength: 4 },
    )
    const cells = fc.uniqueArray(
      fc.record({
        subject: fc.nat(7),
        type: fc.constantFrom('a', 'b'),
        object: fc.nat(7),
        probability: fc.constant(0.7),
      }),
      { selector: ({ subject, type, object }) => `${subject} ${type} ${object}`, maxLength: 6 },
    )
    const disjoint = (items: { start: number; end: number }[]) =>
      items.every((a, i) => items.every((b, j) => i === j || a.end <= b.start || b.end <= a.start))
    fc.assert(
      fc.property(spans.filter(disjoint), cells, (predicted, cellsOf) => {
        const prediction = {
          anchor: 'last',
          threshold: 0.5,
          early: null,
          tags: [],
          spans: predicted,
          cells: cellsOf,
        } as const
        const open = suggestionsOf(emptyAnnotation, prediction)
        const edit = acceptSuggestions(emptyAnnotation, open, { origin: 'run', author: 'run-2' }, context)
        const after = applyChanges(emptyAnnotation, edit.changes)
        expect(suggestionsOf(after, prediction)).toEqual([])
        expect(applyChanges(after, invertChanges(edit.changes))).toEqual(emptyAnnotation)
      }),
    )
  })
})

describe('reviewing', () => {
  it('records that a sentence was reviewed and empty', () => {
    const edit = setReviewed(emptyAnnotation, true)
    expect(edit.description).toBe('Reviewed, nothing to annotate')
    expect(apply(edit, emptyAnnotation).review.isReviewed).toBe(true)
  })

  it('flags, notes, and makes no operation of a change that is none', () => {
    expect(apply(setFlagged(gold, true)).review.isFlagged).toBe(true)
    expect(apply(setNote(gold, 'which Tarnow?')).review.note).toBe('which Tarnow?')
    expect(setFlagged(gold, false).changes).toEqual([])
  })
})
