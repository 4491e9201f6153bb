/** Arcs above text: levels, ports, and what happens between lines. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layoutArcs, type ArcLayout } from '#main/document/arc-layout'
import { assignLevels } from '#main/document/arc-levels'
import type { ArcRelation, SpanPlace } from '#main/document/arc'

const width = 600
const place = (line: number, left: number, wide = 40): SpanPlace => ({ line, left, right: left + wide })
const relation = (id: string, subject: string, object: string): ArcRelation => ({ id, subject, object })
const layout = (relations: ArcRelation[], places: Record<string, SpanPlace>, lines = 1) =>
  layoutArcs(relations, new Map(Object.entries(places)), lines, width, () => 60)
const piece = ({ pieces }: ArcLayout, id: string) => pieces.find(({ relationId }) => relationId === id)

describe('levels', () => {
  const interval = fc
    .tuple(fc.nat(100), fc.nat(60))
    .map(([left, length]) => ({ left, right: left + length }))
    .map((reach) => ({ reach, room: reach }))

  it('never put two that touch on one level, and put a containing one above what it contains', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 30 }), (items) => {
        const levels = assignLevels(items)
        items.forEach((a, i) =>
          items.slice(i + 1).forEach((b, k) => {
            const j = i + 1 + k
            if (a.reach.left <= b.reach.right && b.reach.left <= a.reach.right) expect(levels[i]).not.toBe(levels[j])
            const isInside = a.reach.left < b.reach.left && b.reach.right < a.reach.right
            if (isInside) expect(levels[i]).toBeGreaterThan(levels[j]!) // same length as items
          }),
        )
      }),
    )
  })

  it('need few levels: disjoint arcs share the lowest', () => {
    const items = [0, 20, 40].map((left) => ({ left, right: left + 10 })).map((reach) => ({ reach, room: reach }))
    expect(assignLevels(items)).toEqual([0, 0, 0])
  })
})

describe('arcs on one line', () => {
  const places = { a: place(0, 0), b: place(0, 200), c: place(0, 400) }

  it('keep a longer arc above the shorter one inside it, without crossing legs', () => {
    const drawn = layout([relation('far', 'a', 'c'), relation('near', 'a', 'b')], places)
    expect(piece(drawn, 'far')?.level).toBe(1)
    expect(piece(drawn, 'near')?.level).toBe(0)
    expect(piece(drawn, 'far')?.subjectX).toBeLessThan(piece(drawn, 'near')?.subjectX ?? 0)
  })

  it('nest both directions of one pair, and two relations on one pair', () => {
    const drawn = layout([relation('there', 'a', 'b'), relation('back', 'b', 'a'), relation('again', 'a', 'b')], places)
    expect(new Set(drawn.pieces.map(({ level }) => level)).size).toBe(3)
    const reach = (id: string) => {
      const { subjectX, objectX } = piece(drawn, id) ?? {}
      return [Math.min(subjectX ?? 0, objectX ?? 0), Math.max(subjectX ?? 0, objectX ?? 0)] as const
    }
    const [outer, middle, inner] = [reach('there'), reach('back'), reach('again')]
    expect(outer[0] < middle[0] && middle[0] < inner[0]).toBe(true)
    expect(outer[1] > middle[1] && middle[1] > inner[1]).toBe(true)
  })

  it('give a relation of a span with itself two ports of its own', () => {
    const loop = piece(layout([relation('self', 'b', 'b')], places), 'self')
    expect(loop?.kind).toBe('loop')
    expect(loop?.subjectX).toBeLessThan(loop?.objectX ?? 0)
  })

  it('keep labels inside the line', () => {
    const drawn = layout([relation('self', 'a', 'a')], { a: place(0, 0, 20) })
    expect(piece(drawn, 'self')?.label?.left).toBeGreaterThanOrEqual(0)
  })

  it('leave out a relation whose span is not on the page', () => {
    expect(layout([relation('lost', 'a', 'z')], places).pieces).toEqual([])
  })
})

describe('arcs between lines', () => {
  it('join two stubs in the gutter when the lines are near', () => {
    const drawn = layout([relation('r', 'a', 'b')], { a: place(0, 300), b: place(2, 100) }, 3)
    expect(drawn.pieces.map(({ kind, line }) => `${kind} ${line}`)).toEqual(['stub 0', 'stub 2'])
    expect(drawn.pieces.map(({ label }) => label !== null)).toEqual([false, true])
    expect(drawn.tracks).toEqual([{ relationId: 'r', subjectLine: 0, objectLine: 2, track: 0 }])
    expect(drawn.levels).toEqual([1, 0, 1])
  })

  it('give gutter ways that would meet a track each', () => {
    const places = { a: place(0, 0), b: place(1, 0), c: place(2, 0), d: place(3, 0) }
    const apart = layout([relation('r', 'a', 'b'), relation('s', 'c', 'd')], places, 4)
    expect(apart.tracks.map(({ track }) => track)).toEqual([0, 0])
    const meeting = layout([relation('r', 'a', 'c'), relation('s', 'b', 'd')], places, 4)
    expect(meeting.tracks.map(({ track }) => track)).toEqual([0, 1])
  })

  it('leave chips where the gutter is full, those of suggestions first', () => {
    const places = Object.fromEntries(
      ['a', 'b'].flatMap((name, line) => [0, 1, 2, 3, 4].map((at) => [`${name}${at}`, place(line, at * 100)])),
    )
    const kindOf = (at: number) => (at === 0 ? 'suggested' : 'gold')
    const crowded = [0, 1, 2, 3, 4].map(
      (at) => ({ ...relation(`r${at}`, `a${at}`, `b${at}`), kind: kindOf(at) }) as const,
    )
    const drawn = layout(crowded, places, 2)
    expect(drawn.tracks.map(({ relationId, track }) => `${relationId} ${track}`)).toEqual([
      'r1 0',
      'r2 1',
      'r3 2',
      'r4 3',
    ])
    expect(drawn.pieces.filter(({ kind }) => kind === 'chip').map(({ relationId }) => relationId)).toEqual(['r0', 'r0'])
  })

  it('leave chips at both ends when the lines are far apart', () => {
    const drawn = layout([relation('r', 'a', 'b')], { a: place(0, 0), b: place(7, 0) }, 8)
    expect(drawn.pieces.map(({ kind, label }) => `${kind} ${label?.form ?? ''}`)).toEqual([
      'chip subject-chip',
      'chip object-chip',
    ])
    expect(drawn.tracks).toEqual([])
  })

  it('never let two labels collide, nor a label cover a stem that rises past it, whatever the relations', () => {
    const spans = fc.array(
      fc.tuple(fc.nat(4), fc.nat(560)).map(([line, left]) => place(line, left)),
      { minLength: 2, maxLength: 8 },
    )
    const pairs = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 14 })
    fc.assert(
      fc.property(spans, pairs, (list, ends) => {
        const places = Object.fromEntries(list.map((p, i) => [`s${i}`, p]))
        const relations = ends.map(([s, o], i) => relation(`r${i}`, `s${s % list.length}`, `s${o % list.length}`))
        const { pieces } = layout(relations, places, 5)
        for (const { label, line, level } of pieces) {
          if (!label) continue
          expect(label.left).toBeGreaterThanOrEqual(0)
          expect(label.left + label.width).toBeLessThanOrEqual(width)
          const higher = pieces.filter((other) => other.line === line && other.level > level)
          for (const x of higher.flatMap(({ subjectX, objectX }) => [subjectX, objectX]))
            expect(x === null || x < label.left || x > label.left + label.width).toBe(true)
        }
        pieces.forEach((a, i) =>
          pieces.slice(i + 1).forEach((b) => {
            if (!a.label || !b.label || a.line !== b.line || a.level !== b.level) return
            expect(a.label.left + a.label.width <= b.label.left || b.label.left + b.label.width <= a.label.left).toBe(
              true,
            )
          }),
        )
      }),
    )
  })
})
