/** What the mouse means in words: bounds that are dragged, the name a triple click takes, where a relation would end. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import type { Suggestion } from '#main/document/suggestions'
import type { LabelSet } from '#main/labels/label-set'
import { arcEndsOf, buildScene, labelEndOf } from '#window/features/annotate/scene/scene.ts'
import { endAt, endHints, refusedEnd } from '#window/features/annotate/editor/choices.ts'
import { movedBound, piecesOf, tokenNear } from '#window/features/annotate/input/drag.ts'
import { usualKeymap } from '#window/common/keys/actions.ts'
import { nounRun } from '#window/features/annotate/input/noun-run.ts'
import { offersFor } from '#window/features/annotate/editor/offers.ts'
import { startSelection } from '#window/features/annotate/input/selection.ts'

const words = 'Mara Velt founded Orbisk Labs in Tarnow .'.split(' ')
const tokens = words.map((text, i) => ({ text, hasSpaceBefore: i > 0 }))

function sceneOf(width: number, marks: AnnotatedSpan[] = [], relations: Annotation['relations'] = []) {
  return buildScene({
    ...{ words: tokens, marks: marks.map((span) => ({ ...span, kind: 'gold' as const })), relations, width },
    ...{ strips: 0, measureWord: (text: string) => text.length * 10, measureLabel: () => 60 },
  })
}

const provenance = { origin: 'import', author: 'file' } as const
const mara: AnnotatedSpan = { id: 'mara', start: 0, end: 2, label: 'PERSON', provenance }
const labs: AnnotatedSpan = { id: 'labs', start: 3, end: 5, label: 'ORG', provenance }
const orbisk: AnnotatedSpan = { id: 'orbisk', start: 3, end: 4, label: 'PLACE', provenance }
const founded = { id: 'founded', subject: 'mara', type: 'founder_of', object: 'labs', provenance }
const annotation: Annotation = { ...emptyAnnotation, spans: [mara, labs, orbisk], relations: [founded] }
const labels: LabelSet = {
  entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }, { name: 'PLACE' }],
  relationTypes: [{ name: 'founder_of' }],
  signatures: [{ relation: 'founder_of', subject: 'PERSON', object: 'ORG' }],
}

describe('a dragged bound', () => {
  it('takes in the word it is dragged to, and stops at one word where it would pass the other bound', () => {
    expect(movedBound({ start: 3, end: 5 }, 'start', 1)).toEqual({ start: 1, end: 5 })
    expect(movedBound({ start: 3, end: 5 }, 'end', 6)).toEqual({ start: 3, end: 7 })
    expect(movedBound({ start: 3, end: 5 }, 'start', 7)).toEqual({ start: 4, end: 5 })
    expect(movedBound({ start: 3, end: 5 }, 'end', 0)).toEqual({ start: 3, end: 4 })
  })

  it('follows the nearest word of the line, also above it, below it and beyond its ends', () => {
    const { lines } = sceneOf(260)
    expect(lines.length).toBeGreaterThan(1)
    const [first, second] = lines
    if (!first || !second) throw new Error('two lines are needed')
    const lastOfFirst = first.cells.at(-1)
    expect(tokenNear(lines, { x: -50, y: first.wordTop })).toBe(0)
    expect(tokenNear(lines, { x: 9999, y: first.wordTop })).toBe(lastOfFirst?.token)
    expect(tokenNear(lines, { x: (lastOfFirst?.left ?? 0) + 1, y: first.tagTop })).toBe(lastOfFirst?.token)
    expect(tokenNear(lines, { x: 0, y: second.wordTop })).toBe(second.cells[0]?.token)
    expect(tokenNear(lines, { x: 9999, y: 9999 })).toBe(words.length - 1)
  })

  it('is shown on every line it runs over, with its ends on the first and the last', () => {
    const { lines } = sceneOf(260)
    const pieces = piecesOf({ start: 1, end: words.length }, lines)
    expect(pieces.map(({ isFirst }) => isFirst)).toEqual(lines.map((_, i) => i === 0))
    expect(pieces.map(({ isLast }) => isLast)).toEqual(lines.map((_, i) => i === lines.length - 1))
    expect(pieces.map(({ top }) => top)).toEqual(lines.map(({ wordTop }) => wordTop))
    expect(pieces[0]?.left).toBe(lines[0]?.cells[1]?.left)
  })
})

describe('the words of a triple click', () => {
  const suggested = (start: number, end: number): Suggestion => ({
    ...{ kind: 'span', key: `${start}`, label: 'ORG', probability: 0.9, start, end },
  })

  it('are what the run suggests over the word', () => {
    expect(nounRun(4, words, [suggested(0, 2), suggested(3, 7)])).toEqual({ start: 3, end: 7 })
  })

  it('are else the capitalised words and numbers around it', () => {
    const dated = 'on 4 May 1990 in Łódź Fabryczna , Poland'.split(' ')
    expect(nounRun(2, dated, [])).toEqual({ start: 1, end: 4 })
    expect(nounRun(5, dated, [suggested(0, 2)])).toEqual({ start: 5, end: 7 })
  })

  it('are else the word alone', () => {
    expect(nounRun(2, words, [])).toEqual({ start: 2, end: 3 })
    expect(nounRun(7, words, [])).toEqual({ start: 7, end: 8 })
  })
})

describe('the end of a drawn relation', () => {
  const drawing = { fixedId: 'mara', end: 'object', moved: null } as const

  it('is the span that is allowed among those over a word, though another is smaller', () => {
    const hints = endHints(annotation, drawing, labels, null)
    expect(endAt(3, annotation, hints)).toBe('labs')
    expect(endAt(0, annotation, hints)).toBeNull()
    expect(endAt(2, annotation, hints)).toBeNull()
  })

  it('is known to be allowed also where letters have run out', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ ...labs, id: `o${i}`, start: i + 3, end: i + 4 }))
    const hints = endHints({ ...emptyAnnotation, spans: [mara, ...many] }, drawing, labels, null)
    expect(hints).toHaveLength(40)
    expect(hints.every(({ isLegal }) => isLegal)).toBe(true)
    expect(hints.at(-1)?.letter).toBeNull()
  })

  it('is refused with the reason where the type may not go, but not where the label set does not know the type', () => {
    const moved = { relationId: 'founded', type: 'founder_of', from: 'labs' }
    const why = (type: string, spanId: string) =>
      refusedEnd(annotation, { ...drawing, moved: { ...moved, type } }, spanId, labels, { words })
    expect(why('founder_of', 'orbisk')).toBe(
      'founder_of may not go from PERSON (Mara Velt) to PLACE (Orbisk): change its type first',
    )
    expect(why('founder_of', 'labs')).toBeNull()
    expect(why('unheard_of', 'orbisk')).toBeNull()
  })
})

describe('the grips of an arc', () => {
  it('stand where it meets its spans, each on its own line', () => {
    const scene = sceneOf(700, [mara, labs], [founded])
    const ends = arcEndsOf(scene, 'founded')
    expect(ends.map(({ end }) => end).sort()).toEqual(['object', 'subject'])
    const subject = ends.find(({ end }) => end === 'subject')
    const place = scene.basis.places.get('mara')
    expect(subject?.x).toBeGreaterThanOrEqual(place?.left ?? Infinity)
    expect(subject?.x).toBeLessThanOrEqual(place?.right ?? 0)
    expect(arcEndsOf(scene, 'another')).toEqual([])
  })

  it('stand at the chips of a relation between distant lines', () => {
    const place: AnnotatedSpan = { ...orbisk, id: 'place', start: 6, end: 7 }
    const far = { ...founded, object: 'place' }
    const scene = sceneOf(60, [mara, place], [far])
    expect(scene.arcs.byRelation.get('founded')?.map(({ kind }) => kind)).toEqual(['chip', 'chip'])
    const [top, bottom] = arcEndsOf(scene, 'founded').map(({ y }) => y)
    expect(bottom ?? 0).toBeGreaterThan(top ?? 0)
    expect(labelEndOf(scene, 'founded')).not.toBeNull()
  })
})

describe('what is offered for a chosen item', () => {
  it('has the keys of the keyboard beside it', () => {
    const target = { kind: 'relation', relationId: 'founded' } as const
    const offers = offersFor({ selection: { ...startSelection, target }, keymap: usualKeymap })
    expect(offers.map(({ label, key }) => `${label} ${key}`)).toEqual([
      'Reverse X',
      'Change type… /',
      'Move its object… T',
      'Move its subject… Shift+T',
      'Draw the next relation from its subject… R',
      'Add to the guideline as an example E',
      'Flag it, or take the flag back F',
      'Write a note… W',
      'Remove Del',
    ])
  })
})
