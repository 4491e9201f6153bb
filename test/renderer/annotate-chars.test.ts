/** Bounds within words in the editor: keys, what is selected, where marks are cut, what a drag means. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import { applyChanges } from '#main/document/operation'
import { suggestionsOf } from '#main/document/suggestions'
import { editFor, type Desk } from '#window/features/annotate/editor/acts.ts'
import { keymapOf, usualKeymap } from '#window/common/keys/actions.ts'
import { createCutter } from '#window/features/annotate/scene/cut.ts'
import { draggedChars, moveNearer, piecesOf } from '#window/features/annotate/input/drag.ts'
import { markItems } from '#window/features/annotate/editor/items.ts'
import { commandFor } from '#window/common/keys/keys.ts'
import { buildScene } from '#window/features/annotate/scene/scene.ts'
import * as selecting from '#window/features/annotate/input/selection.ts'
import { describeToken } from '#window/features/annotate/scene/words.ts'

const words = ['Mara', 'runs', 'Fahrzeugwerke', '.']
const tokens = [
  { start: 0, end: 4 },
  { start: 5, end: 9 },
  { start: 10, end: 23 },
  { start: 23, end: 24 },
]
const provenance = { origin: 'import', author: 'file' } as const
const part: AnnotatedSpan = { id: 'p', start: 2, end: 3, label: 'ORG', chars: { start: 10, end: 17 }, provenance }
const whole: AnnotatedSpan = { id: 'w', start: 2, end: 3, label: 'ORG', provenance }
const annotation: Annotation = { ...emptyAnnotation, spans: [part] }
const labels = { entityTypes: [{ name: 'ORG' }, { name: 'PLACE' }], relationTypes: [], signatures: [] }

function deskOf(selection: selecting.Selection, of = annotation): Desk {
  return {
    ...{ annotation: of, suggestions: [], tokenCount: words.length, selection, labels, suggester: null },
    keymap: usualKeymap,
    context: { author: 'Ada', words, tokens, newId: () => 'new' },
  }
}
const chosen = (spanId: string): selecting.Selection => ({
  ...{ row: 'words', caret: 2, anchor: 2, target: { kind: 'span', spanId } },
})

describe('the keys of bounds within words', () => {
  const place = { row: 'words', target: 'span', awaits: null, labels, keymap: usualKeymap } as const
  const press = (key: string, shiftKey: boolean, isRightToLeft = false) =>
    commandFor({ key, code: key, shiftKey, altKey: true, ctrlKey: false, metaKey: false }, { ...place, isRightToLeft })

  it('are Alt+Shift and an arrow for the end, Alt and an arrow for the beginning, the way the text runs', () => {
    expect(press('ArrowRight', true)).toEqual({ name: 'char-bounds', side: 'end', by: 1 })
    expect(press('ArrowLeft', true)).toEqual({ name: 'char-bounds', side: 'end', by: -1 })
    expect(press('ArrowRight', false)).toEqual({ name: 'char-bounds', side: 'start', by: 1 })
    expect(press('ArrowLeft', false)).toEqual({ name: 'char-bounds', side: 'start', by: -1 })
    expect(press('ArrowLeft', true, true)).toEqual({ name: 'char-bounds', side: 'end', by: 1 })
    expect(press('ArrowLeft', false, true)).toEqual({ name: 'char-bounds', side: 'start', by: 1 })
  })

  it('stay where single letters are switched off', () => {
    const keymap = keymapOf({}, false)
    const held = { shiftKey: true, altKey: true, ctrlKey: false, metaKey: false }
    expect(
      commandFor({ key: 'ArrowLeft', code: 'ArrowLeft', ...held }, { ...place, keymap, isRightToLeft: false })?.name,
    ).toBe('char-bounds')
  })

  it('move the chosen span, and say that one is needed', () => {
    const edit = editFor({ name: 'char-bounds', side: 'end', by: 1 }, deskOf(chosen('p')))
    expect(edit?.description).toBe('Fahrzeu is now Fahrzeug')
    expect(applyChanges(annotation, edit?.changes ?? []).spans[0]?.chars).toEqual({ start: 10, end: 18 })
    expect(editFor({ name: 'char-bounds', side: 'end', by: 1 }, deskOf(selecting.startSelection))).toMatchObject({
      changes: [],
      description: 'Choose a span to move its bounds',
    })
  })
})

describe('selected characters', () => {
  const range = { start: 2, end: 3, chars: { start: 18, end: 23 } }
  const selection = selecting.selectChars(range, deskOf(selecting.startSelection))

  it('are what is labelled, beside another part of the word, and then chosen', () => {
    expect(selecting.selectedRange(selection, deskOf(selection))).toEqual(range)
    const edit = editFor({ name: 'label', label: 'PLACE' }, deskOf(selection))
    expect(edit?.description).toBe('werke labelled PLACE')
    const after = applyChanges(annotation, edit?.changes ?? [])
    expect(after.spans).toHaveLength(2)
    expect(selecting.afterEdit(selection, deskOf(selection, after)).target).toEqual({ kind: 'span', spanId: 'new' })
  })

  it('choose the span of just these characters, whole words the span of whole words', () => {
    const both = deskOf(selecting.startSelection, { ...emptyAnnotation, spans: [part, whole] })
    expect(selecting.selectChars(part, both).target).toEqual({ kind: 'span', spanId: 'p' })
    expect(selecting.selectChars(whole, both).target).toEqual({ kind: 'span', spanId: 'w' })
    const stretched = selecting.extendTo({ ...selection, anchor: 2 }, 2, both)
    expect(stretched.target).toEqual({ kind: 'span', spanId: 'w' })
  })

  it('are let go of by every other step', () => {
    const desk = deskOf(selection)
    const steps = [
      selecting.placeCaret(selection, 1, desk),
      selecting.extendTo(selection, 1, desk),
      selecting.cycleTargets(selection, desk),
      selecting.letGo(selection),
      selecting.choose(selection, { kind: 'span', spanId: 'p' }, desk),
    ]
    for (const step of steps) expect(step).not.toHaveProperty('chars')
  })

  it('are no accepted suggestion of the whole word', () => {
    const prediction = {
      ...({ tags: [], cells: [], anchor: 'last', threshold: 0.5, early: null } as const),
      spans: [{ start: 2, end: 3, label: 'PLACE', probability: 0.9 }],
    }
    const desk = {
      ...deskOf(selection, emptyAnnotation),
      suggestions: suggestionsOf(emptyAnnotation, prediction),
      suggester: { origin: 'run', author: 'r' } as const,
    }
    const edit = editFor({ name: 'label', label: 'PLACE' }, desk)
    expect(edit?.changes).toMatchObject([{ after: { chars: range.chars, provenance: { origin: 'person' } } }])
  })
})

describe('tags', () => {
  it('that move a span make whole words of it', () => {
    const selection = { ...selecting.startSelection, caret: 3, anchor: 3, row: 'tags' as const }
    const edit = editFor({ name: 'tag', prefix: 'E' }, deskOf(selection))
    const { spans } = applyChanges(annotation, edit?.changes ?? [])
    expect(spans).toMatchObject([{ id: 'p', start: 2, end: 4 }])
    expect(spans[0]).not.toHaveProperty('chars')
  })
})

describe('marks', () => {
  const measure = (text: string) => text.length * 10
  const cut = createCutter(words, tokens, measure)
  const scene = (spans: readonly AnnotatedSpan[]) =>
    buildScene({
      ...{ words: words.map((text) => ({ text, hasSpaceBefore: text !== '.' })), relations: [], width: 600, strips: 0 },
      ...{ marks: markItems({ ...emptyAnnotation, spans }, [], cut) },
      ...{ measureWord: measure, measureLabel: () => 60 },
    })

  it('begin and end at the character, and at the word where the span does', () => {
    const [line] = scene([whole, part]).lines
    const cell = line?.cells[2]
    if (!line || !cell) throw new Error('the word is not there')
    const [cutMark, wholeMark] = ['p', 'w'].map((id) => line.marks.find((mark) => mark.id === id))
    expect(wholeMark).toMatchObject({ left: cell.left, width: cell.width })
    expect(cutMark).toMatchObject({ left: cell.left, width: cell.padding + 70 })
    const inner = { start: 1, end: 3, chars: { start: 7, end: 12 } }
    const [piece] = piecesOf(inner, scene([]).lines, cut(inner))
    const first = line.cells[1]
    expect(piece?.left).toBe((first?.left ?? 0) + (first?.padding ?? 0) + 20)
    expect((piece?.left ?? 0) + (piece?.width ?? 0)).toBe(cell.left + cell.padding + 20)
  })

  it('are told to who hears the sentence', () => {
    expect(describeToken(2, annotation, { words, tokens })).toBe(
      'Fahrzeugwerke, ORG Fahrzeu, off-token: training rounds it to words',
    )
  })
})

describe('a drag over characters', () => {
  it('selects from one to the other, either way', () => {
    expect(draggedChars(12, 20, null)).toEqual({ start: 12, end: 20 })
    expect(draggedChars(20, 12, { start: 2, end: 9 })).toEqual({ start: 12, end: 20 })
  })

  it('moves the nearer bound of the chosen span where it begins inside it, not past the other', () => {
    const held = { start: 10, end: 17 }
    expect(draggedChars(16, 20, held)).toEqual({ start: 10, end: 20 })
    expect(draggedChars(11, 14, held)).toEqual({ start: 14, end: 17 })
    expect(draggedChars(11, 30, held)).toEqual({ start: 16, end: 17 })
    expect(moveNearer(held, 3, 3)).toEqual({ start: 3, end: 17 })
    expect(moveNearer(held, 20, 20)).toEqual({ start: 10, end: 20 })
  })
})
