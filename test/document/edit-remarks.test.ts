/** Notes and flags on single spans and relations, and that no edit loses them which keeps the item. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { addSpan, moveBounds, relabelSpan, type Edit, type EditContext } from '#main/document/edit'
import { flagItem, noteItem, remarkAt, type ItemRef } from '#main/document/edit-remarks'
import { retargetRelation, retypeRelation, reverseRelation } from '#main/document/edit-relations'
import { relabelAnnotation } from '#main/document/edit-relabel'
import { acceptSuggestion } from '#main/document/edit-suggestions'
import { applyChanges, invertChanges } from '#main/document/operation'

const words = 'Mara Velt founded Orbisk Labs in Tarnow .'.split(' ')
const provenance = { origin: 'import', author: 'sample.json' } as const
const context: EditContext = { author: 'Ada', words, newId: () => 'new' }
const remark = { note: 'which one?', isFlagged: true }
const bare: Annotation = {
  ...emptyAnnotation,
  spans: [
    { id: 'mara', start: 0, end: 2, label: 'PERSON', provenance },
    { id: 'orbisk', start: 3, end: 5, label: 'ORG', provenance },
    { id: 'tarnow', start: 6, end: 7, label: 'PLACE', provenance },
  ],
  relations: [{ id: 'founded', subject: 'mara', object: 'orbisk', type: 'founder_of', provenance }],
}
const noted: Annotation = {
  ...bare,
  spans: bare.spans.map((span) => ({ ...span, remark })),
  relations: bare.relations.map((relation) => ({ ...relation, remark })),
}
const orbisk: ItemRef = { kind: 'span', spanId: 'orbisk' }
const founded: ItemRef = { kind: 'relation', relationId: 'founded' }
const apply = ({ changes }: Edit, annotation = bare): Annotation => applyChanges(annotation, changes)

describe('a remark', () => {
  it('is put on a span or a relation in words of its own, and leaves who made the item', () => {
    const note = noteItem(bare, orbisk, '  the company?\n', context)
    expect(note.description).toBe('Note on Orbisk Labs: the company?')
    expect(apply(note).spans[1]).toEqual({ ...bare.spans[1], remark: { note: 'the company?', isFlagged: false } })
    expect(flagItem(bare, orbisk, true, context).description).toBe('Orbisk Labs flagged')
    const flag = flagItem(bare, founded, true, context)
    expect(flag.description).toBe('founder_of, Mara Velt to Orbisk Labs flagged')
    expect(remarkAt(apply(flag), founded)).toEqual({ note: '', isFlagged: true })
    expect(apply(flag).relations[0]?.provenance).toEqual(provenance)
  })

  it('leaves no trace once it is taken back by hand', () => {
    const unflagged = flagItem(noted, orbisk, false, context)
    expect(unflagged.description).toBe('Flag of Orbisk Labs removed')
    const half = apply(unflagged, noted)
    expect(remarkAt(half, orbisk)).toEqual({ note: 'which one?', isFlagged: false })
    const gone = noteItem(half, orbisk, '', context)
    expect(gone.description).toBe('Note on Orbisk Labs removed')
    expect(apply(gone, half).spans[1]).toEqual(bare.spans[1])
    expect('remark' in (apply(gone, half).spans[1] ?? {})).toBe(false)
  })

  it('makes no operation of a change that is none, and a long note is one short line in the history', () => {
    expect(noteItem(noted, orbisk, ' which one? ', context).changes).toEqual([])
    expect(flagItem(bare, founded, false, context).changes).toEqual([])
    const { description } = noteItem(bare, orbisk, 'a line\nand another '.repeat(20), context)
    expect(description).not.toContain('\n')
    expect(description.length).toBeLessThan(90)
  })

  it('of an item that is not there is none', () => {
    expect(remarkAt(bare, { kind: 'span', spanId: 'gone' })).toBeNull()
    expect(remarkAt(bare, founded)).toEqual({ note: '', isFlagged: false })
  })

  it('stays whatever is done to its item, as long as it is that item', () => {
    const suggestion = { kind: 'span', key: '', start: 3, end: 6, label: 'WORK', probability: 0.9 } as const
    const edits: Edit[] = [
      relabelSpan(noted, 'orbisk', 'WORK', context),
      addSpan(noted, { start: 3, end: 5 }, 'WORK', context),
      moveBounds(noted, 'orbisk', { start: 3, end: 4 }, context),
      reverseRelation(noted, 'founded', context),
      retypeRelation(noted, 'founded', 'led', context),
      retargetRelation(noted, 'founded', 'object', 'tarnow', context),
      acceptSuggestion(noted, suggestion, { origin: 'run', author: 'run-1' }, context),
      { changes: relabelAnnotation(noted, 'entity', 'ORG', 'WORK'), description: '' },
      { changes: relabelAnnotation(noted, 'relation', 'founder_of', 'led'), description: '' },
    ]
    for (const edit of edits) {
      expect(edit.changes).not.toEqual([])
      const after = apply(edit, noted)
      expect([remarkAt(after, orbisk), remarkAt(after, founded)]).toEqual([remark, remark])
    }
  })

  it('can be taken back, whatever was noted', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), fc.constantFrom(orbisk, founded), (note, isFlagged, ref) => {
        for (const start of [bare, noted]) {
          const first = noteItem(start, ref, note, context)
          const half = apply(first, start)
          const second = flagItem(half, ref, isFlagged, context)
          const after = apply(second, half)
          expect(remarkAt(after, ref)).toEqual({ note: note.trim(), isFlagged })
          expect(applyChanges(after, invertChanges([...first.changes, ...second.changes]))).toEqual(start)
        }
      }),
    )
  })
})
