/** What keys and commands do to an annotation: every gesture is one edit, and what cannot be done says why. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import { applyChanges, invertChanges } from '#main/document/operation'
import type { Prediction } from '#main/document/prediction'
import { suggestionsOf } from '#main/document/suggestions'
import type { LabelSet } from '#main/labels/label-set'
import { editFor, type Desk } from '#window/features/annotate/editor/acts.ts'
import { endHints, entityOptions, relationOptions } from '#window/features/annotate/editor/choices.ts'
import { actions, holderOf, keymapOf, showKey, usualKeymap } from '#window/common/keys/actions.ts'
import { commandFor, entityKeys, globalCommand, type KeyPlace } from '#window/common/keys/keys.ts'
import type { KeyPress } from '#window/common/keys/press.ts'
import * as selecting from '#window/features/annotate/input/selection.ts'
import { describeToken } from '#window/features/annotate/scene/words.ts'
import { goldTags } from '#window/features/annotate/editor/tag-edit.ts'

const words = 'Mara Velt founded Orbisk Labs in Tarnow .'.split(' ')
const labels: LabelSet = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }, { name: 'based_in' }],
  signatures: [
    { relation: 'founder_of', subject: 'PERSON', object: 'ORG' },
    { relation: 'based_in', subject: 'ORG', object: 'PLACE' },
  ],
}
const provenance = { origin: 'import', author: 'file' } as const
const mara: AnnotatedSpan = { id: 'mara', start: 0, end: 2, label: 'PERSON', provenance }
const labs: AnnotatedSpan = { id: 'labs', start: 3, end: 5, label: 'ORG', provenance }
const founded = { id: 'founded', subject: 'mara', type: 'founder_of', object: 'labs', provenance }
const annotation: Annotation = { ...emptyAnnotation, spans: [mara, labs], relations: [founded] }
const prediction: Prediction = {
  tags: words.map(() => 'O'),
  spans: [
    { start: 0, end: 2, label: 'PERSON', probability: 1 },
    { start: 3, end: 5, label: 'ORG', probability: 1 },
    { start: 6, end: 7, label: 'PLACE', probability: 0.8 },
  ],
  cells: [
    { subject: 4, type: 'based_in', object: 6, probability: 0.64 },
    { subject: 1, type: 'founder_of', object: 4, probability: 0.9 },
  ],
  anchor: 'last',
  threshold: 0.5,
  early: null,
}

function deskOf(selection: Partial<selecting.Selection>, of: Annotation = annotation): Desk {
  let count = 0
  return {
    annotation: of,
    suggestions: suggestionsOf(of, prediction),
    tokenCount: words.length,
    selection: { ...selecting.startSelection, ...selection },
    labels,
    suggester: { origin: 'run', author: 'run-1' },
    keymap: usualKeymap,
    context: { author: 'Ada', words, newId: () => `new-${++count}` },
  }
}

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
}
const inWords: KeyPlace = {
  row: 'words',
  target: null,
  awaits: null,
  isRightToLeft: false,
  labels,
  keymap: usualKeymap,
}

describe('keys', () => {
  it('give every entity type a key of its own that means nothing else', () => {
    const many = { entityTypes: Array.from({ length: 20 }, (_, i) => ({ name: `T${i}` })) }
    const keys = [...entityKeys(many).values()]
    expect(keys.slice(0, 3)).toEqual(['1', '2', '3'])
    expect(new Set(keys).size).toBe(20)
    for (const key of keys)
      expect(commandFor(press(key), { ...inWords, labels: { ...labels, ...many } })?.name).toBe('label')
  })

  it('mean B I E S O in the tag row only', () => {
    expect(commandFor(press('b'), { ...inWords, row: 'tags' })).toEqual({ name: 'tag', prefix: 'B' })
    expect(commandFor(press('b'), inWords)).toBeNull()
  })

  it('are letters of objects while a relation is drawn, but Escape still ends it', () => {
    const drawing = { ...inWords, awaits: 'end' } as const
    expect(commandFor(press('d'), drawing)).toEqual({ name: 'hint', letter: 'd' })
    expect(commandFor(press('Escape'), drawing)?.name).toBe('cancel')
  })

  it('change nothing while a relation is drawn: every character is a letter of an object, and what removes gives up', () => {
    const drawing = { ...inWords, target: 'span', awaits: 'end' } as const
    for (const key of ['1', 'f', '/', '[', '?', 'D', ' '])
      expect(commandFor(press(key), drawing)).toEqual({ name: 'hint', letter: key.toLowerCase() })
    for (const key of ['Delete', 'Backspace']) expect(commandFor(press(key), drawing)?.name).toBe('cancel')
    expect(commandFor(press('ArrowLeft'), drawing)?.name).toBe('move')
    expect(commandFor(press('z', { ctrlKey: true }), drawing)?.name).toBe('undo')
  })

  it('that follow a relation whose type was clear are no labels: its digit was expected', () => {
    const drawn = { ...inWords, target: 'span', awaits: 'type' } as const
    expect(commandFor(press('1'), drawn)).toEqual({ name: 'hint', letter: '1' })
    expect(commandFor(press('r'), drawn)?.name).toBe('relation')
  })

  it('go the way the text runs', () => {
    const arabic = { ...inWords, isRightToLeft: true }
    expect(commandFor(press('ArrowLeft'), arabic)).toEqual({ name: 'move', by: 1, isExtending: false })
    expect(commandFor(press('ArrowRight', { shiftKey: true }), arabic)).toMatchObject({ by: -1, isExtending: true })
  })

  it('x reverses a relation and rejects a suggestion', () => {
    expect(commandFor(press('x'), { ...inWords, target: 'relation' })?.name).toBe('reverse')
    expect(commandFor(press('x'), { ...inWords, target: 'suggestion' })?.name).toBe('reject')
  })

  it('that are digits never change the type of a chosen relation, they say which key does', () => {
    expect(commandFor(press('2'), { ...inWords, target: 'relation' })).toEqual({
      ...{ name: 'explain-retype', label: 'based_in' },
    })
    expect(commandFor(press('/'), { ...inWords, target: 'relation' })?.name).toBe('pick')
    expect(commandFor(press('2'), { ...inWords, target: 'span' })).toEqual({ name: 'label', label: 'ORG' })
  })

  it('f and w are about the chosen span or relation, else about the sentence, inside the editor and outside', () => {
    const told = (key: string, target: KeyPlace['target']) => [
      commandFor(press(key), { ...inWords, target })?.name,
      globalCommand(press(key), { ...inWords, target })?.name,
    ]
    for (const target of ['span', 'relation'] as const)
      expect([told('f', target), told('w', target)]).toEqual([
        ['flag-item', 'flag-item'],
        ['note-item', 'note-item'],
      ])
    for (const target of ['suggestion', null] as const)
      expect([told('f', target), told('w', target)]).toEqual([
        ['flag', 'flag'],
        ['note', 'note'],
      ])
  })

  it('? is "not sure" of a chosen suggestion and help otherwise', () => {
    expect(commandFor(press('?', { shiftKey: true }), { ...inWords, target: 'suggestion' })?.name).toBe('unsure')
    expect(commandFor(press('?', { shiftKey: true }), inWords)?.name).toBe('help')
  })

  it('can be changed, and what a label had then goes to the act', () => {
    const keymap = keymapOf({ done: ['g'], gone: ['q'] }, true)
    expect(commandFor(press('g'), { ...inWords, keymap })?.name).toBe('done')
    expect(commandFor(press('d'), { ...inWords, keymap })).toBeNull()
    expect([
      ...entityKeys({ entityTypes: Array.from({ length: 20 }, (_, i) => ({ name: `${i}` })) }, keymap).values(),
    ]).not.toContain('g')
    expect(holderOf('g', 'flag', keymap)?.name).toBe('done')
    expect(holderOf('h', 'flag', keymap)).toBeNull()
  })

  it('that are single characters ask for Alt once they are switched off; the others stay', () => {
    const place = { ...inWords, keymap: keymapOf({}, false) }
    for (const key of ['d', '1', '/', '?']) expect(commandFor(press(key), place)).toBeNull()
    expect(commandFor(press('d', { altKey: true }), place)?.name).toBe('done')
    expect(commandFor(press('1', { altKey: true }), place)?.name).toBe('label')
    expect(commandFor(press('b', { altKey: true }), { ...place, row: 'tags' })?.name).toBe('tag')
    expect(commandFor(press('ArrowDown', { ctrlKey: true }), place)?.name).toBe('done')
    expect(commandFor(press('Enter'), place)?.name).toBe('confirm')
    expect(showKey('d', place.keymap)).toBe('Alt+D')
  })

  it('of the usual map mean one thing each, wherever two acts could meet', () => {
    for (const { name, keys } of actions)
      for (const key of keys) expect([name, holderOf(key, name, usualKeymap)?.name]).toEqual([name, undefined])
  })

  it('stretch to the next punctuation mark with Ctrl and Shift', () => {
    const held = { ctrlKey: true, shiftKey: true }
    expect(commandFor(press('ArrowRight', held), inWords)).toEqual({ name: 'clause', by: 1, isExtending: true })
    const text = 'Mara , who led Orbisk , left .'.split(' ')
    expect([0, 2, 4, 6].map((caret) => selecting.clauseEdge(caret, 1, text))).toEqual([4, 4, 6, 7])
    expect([7, 6, 4, 2].map((caret) => selecting.clauseEdge(caret, -1, text))).toEqual([6, 2, 2, 0])
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ',', '.'), { minLength: 1 }), fc.nat(), (some, from) => {
        const caret = from % some.length
        expect(selecting.clauseEdge(caret, 1, some)).toBeGreaterThanOrEqual(Math.min(caret, some.length - 1))
        expect(selecting.clauseEdge(caret, -1, some)).toBeLessThanOrEqual(caret)
      }),
    )
  })

  it('undo and redo work with Ctrl and with the command key', () => {
    expect(commandFor(press('z', { ctrlKey: true }), inWords)?.name).toBe('undo')
    expect(commandFor(press('z', { metaKey: true, shiftKey: true }), inWords)?.name).toBe('redo')
    expect(commandFor(press('Z', { ctrlKey: true, shiftKey: true }), inWords)?.name).toBe('redo')
  })

  it('of acts and types work outside the words too, those of buttons and lists stay with them', () => {
    for (const [key, name] of [
      ['d', 'done'],
      ['r', 'relation'],
      ['1', 'label'],
      ['/', 'pick'],
      ['x', 'reject'],
    ] as const)
      expect(globalCommand(press(key), inWords)?.name).toBe(name)
    expect(globalCommand(press('PageDown'), inWords)?.name).toBe('sentence')
    expect(globalCommand(press('z', { ctrlKey: true }), inWords)?.name).toBe('undo')
    for (const key of ['Delete', 'Backspace', 'Enter', 'Tab', 'Escape', 'ArrowDown', 'Home'])
      expect(globalCommand(press(key), inWords)).toBeNull()
  })
})

describe('acts', () => {
  it('label the stretched words', () => {
    const edit = editFor({ name: 'label', label: 'ORG' }, deskOf({ anchor: 5, caret: 7 }))
    expect(edit?.changes).toMatchObject([{ kind: 'span', before: null, after: { start: 5, end: 8, label: 'ORG' } }])
  })

  it('relabel the chosen span instead of adding a second one', () => {
    const edit = editFor({ name: 'label', label: 'ORG' }, deskOf({ target: { kind: 'span', spanId: 'mara' } }))
    expect(edit?.changes).toMatchObject([{ kind: 'span', before: { id: 'mara' }, after: { id: 'mara', label: 'ORG' } }])
  })

  it('labelling what the run suggests counts as accepting it', () => {
    const edit = editFor({ name: 'label', label: 'PLACE' }, deskOf({ anchor: 6, caret: 6 }))
    expect(edit?.changes).toMatchObject([
      { after: { provenance: { origin: 'run', author: 'run-1', confidence: 0.8 } } },
    ])
  })

  it('move bounds with the relations kept, and not beyond the sentence', () => {
    const target = { kind: 'span', spanId: 'mara' } as const
    const grown = editFor({ name: 'bounds', side: 'end', by: 1 }, deskOf({ target }))
    expect(applyChanges(annotation, grown?.changes ?? []).relations).toEqual([founded])
    const refused = editFor({ name: 'bounds', side: 'start', by: -1 }, deskOf({ target }))
    expect(refused).toMatchObject({ changes: [], description: expect.stringContaining('sentence') as string })
  })

  it('flag what is chosen and take that flag back, and leave the sentence alone', () => {
    const target = { kind: 'relation', relationId: 'founded' } as const
    const flagged = editFor({ name: 'flag-item' }, deskOf({ target }))
    expect(flagged?.description).toBe('founder_of, Mara Velt to Orbisk Labs flagged')
    const after = applyChanges(annotation, flagged?.changes ?? [])
    expect(after.relations[0]?.remark).toEqual({ note: '', isFlagged: true })
    expect(after.review).toEqual(annotation.review)
    const back = editFor({ name: 'flag-item' }, deskOf({ target }, after))
    expect(applyChanges(after, back?.changes ?? [])).toEqual(annotation)
    expect(editFor({ name: 'flag-item' }, deskOf({}))).toMatchObject({ changes: [] })
  })

  it('setting a tag keeps the remark of a span that stays', () => {
    const noted = { ...annotation, spans: [{ ...mara, remark: { note: 'who?', isFlagged: true } }, labs] }
    const edit = editFor({ name: 'tag', prefix: 'S' }, deskOf({ caret: 0, anchor: 0, row: 'tags' }, noted))
    const after = applyChanges(noted, edit?.changes ?? [])
    expect(after.spans.find(({ id }) => id === 'mara')?.remark).toEqual({ note: 'who?', isFlagged: true })
  })

  it('are told to who hears the sentence: what is flagged, and every note', () => {
    const noted = { ...annotation, spans: [{ ...mara, remark: { note: 'who?', isFlagged: true } }, labs] }
    expect(describeToken(0, noted, { words })).toBe('Mara, begin of PERSON Mara Velt, 1 relation, flagged, note: who?')
    expect(describeToken(3, noted, { words })).toBe('Orbisk, begin of ORG Orbisk Labs, 1 relation')
  })

  it('removing a span takes its relations along, as one edit', () => {
    const edit = editFor({ name: 'delete' }, deskOf({ target: { kind: 'span', spanId: 'labs' } }))
    expect(applyChanges(annotation, edit?.changes ?? [])).toMatchObject({ spans: [{ id: 'mara' }], relations: [] })
  })

  it('accept and reject need a chosen suggestion, and say so', () => {
    expect(editFor({ name: 'accept' }, deskOf({}))).toMatchObject({ changes: [] })
    const relation = deskOf({}).suggestions.find(({ kind }) => kind === 'relation')
    const chosen = deskOf({ target: { kind: 'suggestion', key: relation?.key ?? '' } })
    const accepted = applyChanges(annotation, editFor({ name: 'accept' }, chosen)?.changes ?? [])
    expect(accepted.spans.at(-1)).toMatchObject({ start: 6, end: 7, label: 'PLACE' })
    expect(accepted.relations.at(-1)).toMatchObject({ subject: 'labs', type: 'based_in' })
    expect(editFor({ name: 'reject' }, chosen)?.changes).toMatchObject([{ kind: 'rejection' }])
  })

  it('set a tag: neighbours are repaired in the same edit, relations stay, and one inverse takes all back', () => {
    const tag = fc.constantFrom('B', 'I', 'E', 'S', 'O' as const)
    fc.assert(
      fc.property(fc.nat(words.length - 1), tag, (caret, prefix) => {
        const edit = editFor({ name: 'tag', prefix }, deskOf({ caret, anchor: caret, row: 'tags' }))
        const changes = edit?.changes ?? []
        const after = applyChanges(annotation, changes)
        expect(applyChanges(after, invertChanges(changes))).toEqual(annotation)
        if (changes.length > 0) expect(goldTags(after, words.length, labels)[caret]?.[0]).toBe(prefix)
        const isKept = ['mara', 'labs'].every((id) => after.spans.some((span) => span.id === id))
        expect(after.relations).toEqual(isKept ? [founded] : [])
      }),
    )
  })

  it('say which neighbours were repaired', () => {
    const edit = editFor({ name: 'tag', prefix: 'S' }, deskOf({ caret: 0, anchor: 0, row: 'tags' }))
    expect(edit?.description).toBe('Mara tagged S-PERSON; repaired: Velt to S-PERSON')
  })
})

describe('choosing', () => {
  it('Tab stops at everything once, in reading order, and ends', () => {
    const desk = deskOf({})
    const seen: selecting.Target[] = []
    let selection = desk.selection
    for (let i = 0; i < 20; i++) {
      const stop = selecting.nextStop(selection, 1, desk)
      if (!stop) break
      seen.push(stop)
      selection = selecting.choose(selection, stop, desk)
    }
    expect(seen).toEqual(selecting.stopsOf(desk))
    expect(seen).toHaveLength(annotation.spans.length + annotation.relations.length + desk.suggestions.length)
  })

  it('a caret inside a span chooses it; Escape lets go; stretching to its bounds chooses it again', () => {
    const desk = deskOf({})
    const placed = selecting.placeCaret(selecting.startSelection, 1, desk)
    expect(placed.target).toEqual({ kind: 'span', spanId: 'mara' })
    const free = selecting.letGo(placed)
    expect(selecting.selectedRange(free, desk)).toEqual({ start: 1, end: 2 })
    expect(selecting.extendTo(free, 0, desk).target).toEqual({ kind: 'span', spanId: 'mara' })
  })

  it('instead of what is gone, what now lies under the caret is chosen', () => {
    const chosen = selecting.choose(selecting.startSelection, { kind: 'span', spanId: 'labs' }, deskOf({}))
    const left = deskOf({}, { ...annotation, spans: [mara], relations: [] })
    expect(selecting.keepValid(chosen, left).target).toEqual({ kind: 'suggestion', key: '3:5:ORG' })
    expect(selecting.keepValid(chosen, { ...left, suggestions: [] }).target).toBeNull()
  })

  it('offers entity types as the run sees the words, then in their order', () => {
    expect(entityOptions(labels, { start: 6, end: 7 }, prediction).map(({ value }) => value)).toEqual([
      'PLACE',
      'PERSON',
      'ORG',
    ])
    expect(entityOptions(labels, { start: 6, end: 7 }, null).map(({ value }) => value)).toEqual([
      'PERSON',
      'ORG',
      'PLACE',
    ])
  })

  it('offers legal relation types first, and marks the others', () => {
    expect(relationOptions(labels, mara, labs, prediction)).toMatchObject([
      { value: 'founder_of', isLegal: true, probability: 0.9 },
      { value: 'based_in', isLegal: false },
    ])
  })

  it('hands the first letter to the object that is allowed', () => {
    const place: AnnotatedSpan = { id: 'place', start: 6, end: 7, label: 'PLACE', provenance }
    const drawn = { ...annotation, spans: [mara, labs, place] }
    const hints = endHints(drawn, { fixedId: 'mara', end: 'object', moved: null }, labels, prediction)
    expect(hints).toMatchObject([
      { spanId: 'labs', letter: 'f', isLegal: true },
      { spanId: 'place', letter: 'j', isLegal: false },
    ])
  })
})
