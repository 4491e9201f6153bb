/** Lanes: what is drawn never overlaps, what is not drawn is counted once, and what one works on is always in sight. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, type AnnotatedSpan } from '#main/document/annotation'
import type { Suggestion } from '#main/document/suggestions'
import { emptyLabelSet } from '#main/labels/label-set'
import { usualKeymap } from '#window/common/keys/actions.ts'
import { assignLanes, badgeSize, mostLanes, raiseChosen } from '#window/features/annotate/scene/lanes.ts'
import type { Markable } from '#window/features/annotate/scene/marks.ts'
import { buildScene } from '#window/features/annotate/scene/scene.ts'
import { startSelection } from '#window/features/annotate/input/selection.ts'
import { stackItems } from '#window/features/annotate/input/stack.ts'

const wordCount = 24
const words = Array.from({ length: wordCount }, (_, at) => ({ text: `w${at}`, hasSpaceBefore: true }))
const mark = (id: string, start: number, end: number, kind: Markable['kind'] = 'gold'): Markable => ({
  ...{ id, kind, start, end, label: 'PERSON' },
})
const marks = fc
  .array(fc.tuple(fc.nat(wordCount - 1), fc.integer({ min: 1, max: 8 }), fc.boolean()), { maxLength: 24 })
  .map((all) =>
    all.map(([start, length, isGold], at) =>
      mark(`m${at}`, start, Math.min(start + length, wordCount), isGold ? 'gold' : 'suggested'),
    ),
  )

function sceneOf(items: readonly Markable[], laneOf?: ReadonlyMap<string, number>, width = 260) {
  return buildScene({
    ...{ words, marks: items, relations: [], width, strips: 0 },
    ...(laneOf && { laneOf }),
    measureWord: (text: string) => text.length * 9,
    measureLabel: () => 60,
  })
}

describe('lanes', () => {
  it('never hold two marks that share a word', () => {
    fc.assert(
      fc.property(marks, (items) => {
        const laneOf = assignLanes(items)
        for (const a of items)
          for (const b of items)
            if (a !== b && laneOf.get(a.id) === laneOf.get(b.id))
              expect(a.end <= b.start || b.end <= a.start).toBe(true)
      }),
    )
  })

  it('put gold nearest the text, the longest first', () => {
    const laneOf = assignLanes([mark('suggested', 0, 5, 'suggested'), mark('short', 1, 2), mark('long', 0, 3)])
    expect([laneOf.get('long'), laneOf.get('short'), laneOf.get('suggested')]).toEqual([0, 1, 2])
  })

  it('draw each mark or count it on one badge, whatever is chosen, and draw what is chosen', () => {
    fc.assert(
      fc.property(marks, fc.nat(30), fc.integer({ min: 60, max: 900 }), (items, at, width) => {
        const chosen = items[at]?.id ?? null
        const { lines } = sceneOf(items, raiseChosen(items, assignLanes(items), chosen), width)
        const drawn = lines.flatMap((line) => line.marks)
        const counted = lines.flatMap(({ badges }) => badges.flatMap(({ ids }) => ids))
        expect([...new Set(drawn.map(({ id }) => id)), ...counted].sort()).toEqual(items.map(({ id }) => id).sort())
        if (chosen !== null) expect(counted).not.toContain(chosen)
        for (const line of lines) {
          for (const a of line.marks) {
            expect(a.lane).toBeLessThan(mostLanes)
            for (const b of line.marks)
              if (a !== b && a.lane === b.lane)
                expect(a.left + a.width <= b.left || b.left + b.width <= a.left).toBe(true)
          }
          line.badges.slice(1).forEach(({ left }, index) => {
            const before = line.badges[index]
            expect(left).toBeGreaterThanOrEqual((before?.left ?? 0) + badgeSize.width)
          })
        }
      }),
    )
  })

  it('stay the same object while what is chosen is in sight, so that nothing is laid out anew', () => {
    const items = [mark('a', 0, 4), mark('b', 0, 3), mark('c', 0, 2), mark('d', 0, 1)]
    const laneOf = assignLanes(items)
    for (const id of ['a', 'b', 'c', null, 'gone']) expect(raiseChosen(items, laneOf, id)).toBe(laneOf)
    const raised = raiseChosen(items, laneOf, 'd')
    expect([raised.get('d'), raised.get('c'), laneOf.get('d')]).toEqual([2, 3, 3])
  })

  it('leave words and tags where they are, however many marks lie over each other', () => {
    const three = [mark('a', 0, 4), mark('b', 0, 3), mark('c', 0, 2)]
    const [bare] = sceneOf([], undefined, 900).lines
    const [plain] = sceneOf(three, undefined, 900).lines
    const [crowded] = sceneOf([...three, mark('d', 0, 1)], undefined, 900).lines
    expect([plain?.badges.length, crowded?.badges.map(({ ids }) => ids)]).toEqual([0, [['d']]])
    const tops = [bare, plain, crowded].map((line) => [line?.wordTop, line?.tagTop, line?.bottom])
    expect(tops[1]).toEqual(tops[0])
    expect(tops[2]).toEqual(tops[0])
    expect(badgeSize.height).toBeGreaterThanOrEqual(24)
  })

  it('give each name a place of its own in the row under the words', () => {
    fc.assert(
      fc.property(marks, (items) => {
        for (const line of sceneOf(items, undefined, 900).lines) {
          const names = line.marks.flatMap(({ left, name }) => (name ? [{ left: left + name.offset, ...name }] : []))
          const sorted = names.sort((a, b) => a.left - b.left)
          sorted.slice(1).forEach(({ left }, at) => expect(left).toBeGreaterThan((sorted[at]?.left ?? 0) + 20))
          for (const { left } of line.badges)
            for (const name of names) expect(name.left >= left + badgeSize.width || name.left < left).toBe(true)
        }
      }),
    )
  })
})

describe('the list of spans over each other', () => {
  it('tells label, words, and whether it is gold, trainable or suggested', () => {
    const provenance = { origin: 'person', author: 'Ada' } as const
    const span = (id: string, start: number, end: number): AnnotatedSpan => ({
      ...{ id, start, end, label: 'ORG', provenance },
    })
    const suggestion: Suggestion = {
      kind: 'span',
      key: '0:1:PERSON',
      start: 0,
      end: 1,
      label: 'PERSON',
      probability: 0.8,
    }
    const items = stackItems(
      [
        { kind: 'span', spanId: 'long' },
        { kind: 'span', spanId: 'short' },
        { kind: 'span', spanId: 'gone' },
        { kind: 'suggestion', key: '0:1:PERSON' },
      ],
      {
        annotation: { ...emptyAnnotation, spans: [span('long', 0, 3), span('short', 1, 2)] },
        suggestions: [suggestion],
        tokenCount: 3,
        selection: startSelection,
        labels: { ...emptyLabelSet, entityTypes: [{ name: 'PERSON' }, { name: 'ORG' }] },
        ...{ suggester: null, keymap: usualKeymap },
        context: { author: 'Ada', words: ['Orbisk', 'Labs', 'North'], newId: () => 'new' },
      },
    )
    expect(items.map(({ label, text, state }) => [label, text, state])).toEqual([
      ['ORG', 'Orbisk Labs North', 'gold'],
      ['ORG', 'Labs', 'gold, not trainable'],
      ['PERSON', 'Orbisk', 'suggested 0.80'],
    ])
  })
})
