/** Where words, marks and arcs are painted: nothing is lost, nothing overlaps that must not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { breakLines } from '#window/features/annotate/scene/lines.ts'
import type { Markable } from '#window/features/annotate/scene/marks.ts'
import {
  arcsBetween,
  buildScene,
  linesBetween,
  tokenOnLine,
  type Scene,
  type SceneInput,
} from '#window/features/annotate/scene/scene.ts'

const arcsOf = (scene: Scene) => arcsBetween(scene, 0, scene.lines.length)

const measure = (text: string) => text.length * 9
const word = fc.record({ text: fc.string({ minLength: 1, maxLength: 30 }), hasSpaceBefore: fc.boolean() })
const words = fc.array(word, { minLength: 1, maxLength: 60 })
const plain = (text: string) => text.split(' ').map((one) => ({ text: one, hasSpaceBefore: true }))

function scene(text: string, rest: Partial<SceneInput>) {
  return buildScene({
    words: plain(text),
    marks: [],
    relations: [],
    width: 600,
    strips: 0,
    measureWord: measure,
    measureLabel: () => 60,
    ...rest,
  })
}

function mark(id: string, start: number, end: number, kind: Markable['kind'] = 'gold'): Markable {
  return { id, kind, start, end, label: 'PERSON' }
}

describe('lines', () => {
  it('hold every word once, in order, side by side and inside the width', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 40, max: 900 }), (tokens, width) => {
        const lines = breakLines(tokens, measure, width)
        expect(lines.flatMap(({ cells }) => cells.map(({ token }) => token))).toEqual(tokens.map((_, i) => i))
        for (const line of lines) {
          let x = 0
          for (const { left, width: own } of line.cells) {
            expect(left).toBe(x)
            x += own
          }
          expect(x).toBeLessThanOrEqual(width)
        }
      }),
    )
  })

  it('keep a comma with its word', () => {
    const tokens = [...plain('aaaa bbbb'), { text: ',', hasSpaceBefore: false }]
    const [first, second] = breakLines(tokens, measure, 90)
    expect(first?.cells.map(({ token }) => token)).toEqual([0])
    expect(second?.cells.map(({ token }) => token)).toEqual([1, 2])
  })
})

describe('marks', () => {
  it('go on in the next line, and are named in the first', () => {
    const { lines } = scene('one two three four five six', { marks: [mark('m', 0, 6)], width: 180 })
    const pieces = lines.flatMap((line) => line.marks)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.map(({ isFirst }) => isFirst)).toEqual(pieces.map((_, i) => i === 0))
    expect(pieces.map(({ isLast }) => isLast)).toEqual(pieces.map((_, i) => i === pieces.length - 1))
  })
})

describe('the scene', () => {
  it('leaves the words where they are when an arc, a tag of a run or a span appears', () => {
    const marks = [mark('a', 0, 1), mark('b', 2, 3)]
    const relations = [{ id: 'r', subject: 'a', object: 'b' }]
    const text = 'one two three four five six'
    const tops = (rest: Partial<SceneInput>) => scene(text, { width: 180, ...rest }).lines.map(({ wordTop }) => wordTop)
    const bare = tops({})
    expect(bare.length).toBeGreaterThan(1)
    expect(tops({ marks })).toEqual(bare)
    expect(tops({ marks, relations })).toEqual(bare)
    const related = scene(text, { marks, relations })
    expect(arcsOf(related)[0]?.tip?.y).toBe((related.lines[0]?.wordTop ?? 0) - 1)
  })

  it('keeps lines of a dense sentence near, and nothing moves for arcs that come and go', () => {
    const text = Array.from({ length: 40 }, () => 'Wordy').join(' ')
    const marks = Array.from({ length: 14 }, (_, at) => mark(`m${at}`, at * 2, at * 2 + 1))
    const pair = (id: string, from: number, to: number, kind: 'gold' | 'suggested') => ({
      ...{ id, kind, subject: `m${from}`, object: `m${to}` },
    })
    const gold = [0, 1, 2, 3, 4].map((at) => pair(`g${at}`, at, at + 2, 'gold'))
    const suggested = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => pair(`s${at}`, 0, at + 5, 'suggested'))
    const tops = (relations: readonly ReturnType<typeof pair>[]) => {
      const { lines } = scene(text, { marks, relations, reserved: gold, strips: 2, width: 700 })
      return lines.map(({ wordTop }) => wordTop)
    }
    const all = tops([...gold, ...suggested])
    expect(all.length).toBeGreaterThan(2)
    all.slice(1).forEach((top, at) => expect(top - (all[at] ?? 0)).toBeLessThanOrEqual(120))
    expect(tops(gold)).toEqual(all)
  })

  it('keeps the ways in the gutter eight pixels apart', () => {
    const text = Array.from({ length: 30 }, () => 'word').join(' ')
    const marks = Array.from({ length: 30 }, (_, at) => mark(`m${at}`, at, at + 1))
    const relations = [0, 1, 2, 3, 4].map((at) => ({ id: `r${at}`, subject: `m${at}`, object: `m${at + 8}` }))
    const built = scene(text, { marks, relations, width: 300 })
    const ways = arcsOf(built).flatMap(({ path }) => [...path.matchAll(/Q(\d+) /g)].map(([, x]) => Number(x)))
    const beside = [...new Set(ways.filter((x) => x > built.width))].sort((a, b) => a - b)
    expect(beside.length).toBe(4)
    beside.slice(1).forEach((x, at) => expect(x - (beside[at] ?? 0)).toBeGreaterThanOrEqual(8))
    expect(beside.at(-1)).toBeLessThan(300)
  })

  it('draws a relation of a span with itself as a loop, wider than its ends are apart', () => {
    const built = scene('one two', { marks: [mark('a', 0, 2)], relations: [{ id: 'r', subject: 'a', object: 'a' }] })
    const [drawn] = arcsOf(built)
    const xs = [...(drawn?.path ?? '').matchAll(/(\d+) -?\d+(?=[ C]|$)/g)].map(([, x]) => Number(x))
    const piece = built.arcs.byRelation.get('r')?.[0]
    expect(Math.min(...xs)).toBeLessThan(piece?.subjectX ?? 0)
    expect(Math.max(...xs)).toBeGreaterThan(piece?.objectX ?? Infinity)
  })

  it('says which way a relation goes where its label stands, and points at its object', () => {
    const marks = [mark('a', 0, 1), mark('b', 2, 3)]
    const drawn = (subject: string, object: string) =>
      arcsOf(scene('one two three', { marks, relations: [{ id: 'r', subject, object }] }))[0]
    expect(drawn('a', 'b')?.labels[0]?.isForward).toBe(true)
    expect(drawn('b', 'a')?.labels[0]?.isForward).toBe(false)
    expect(drawn('a', 'b')?.tip?.x).toBeGreaterThan(drawn('b', 'a')?.tip?.x ?? Infinity)
    const text = 'one two three four five six seven eight'
    const apart = [mark('a', 0, 1), mark('b', 7, 8)]
    const wrapped = (subject: string, object: string) =>
      arcsOf(scene(text, { marks: apart, relations: [{ id: 'r', subject, object }], width: 300 }))[0]
    expect(wrapped('a', 'b')?.labels[0]?.isForward).toBe(true)
    expect(wrapped('b', 'a')?.labels[0]?.isForward).toBe(false)
  })

  it('draws a relation between two lines through the space beside the text', () => {
    const text = 'one two three four five six seven eight'
    const marks = [mark('a', 0, 1), mark('b', 7, 8)]
    const built = scene(text, { marks, relations: [{ id: 'r', subject: 'a', object: 'b' }], width: 300 })
    const { lines } = built
    const arcs = arcsOf(built)
    expect(lines).toHaveLength(2)
    const reach = Math.max(...[...(arcs[0]?.path ?? '').matchAll(/H(\d+(?:\.\d+)?)/g)].map(([, x]) => Number(x)))
    expect(reach).toBeGreaterThan(Math.max(...lines.map(({ width }) => width)) - 30)
    expect(arcs[0]?.labels).toHaveLength(1)
  })

  it('names both ends of a relation between distant lines on chips', () => {
    const text = Array.from({ length: 40 }, () => 'word').join(' ')
    const marks = [mark('a', 0, 1), mark('b', 39, 40)]
    const built = scene(text, { marks, relations: [{ id: 'r', subject: 'a', object: 'b' }], width: 300 })
    const arcs = arcsOf(built)
    expect(arcs[0]?.labels.map(({ form }) => form)).toEqual(['subject-chip', 'object-chip'])
    expect(arcs[0]?.labels.map(({ isForward }) => isForward)).toEqual([null, null])
    expect(arcs[0]?.tip?.x).toBe(Math.round(built.arcs.byRelation.get('r')?.[1]?.objectX ?? -1))
  })

  it('draws just the arcs to be seen between two lines, the long ones that pass by among them', () => {
    const text = Array.from({ length: 60 }, () => 'word').join(' ')
    const marks = Array.from({ length: 60 }, (_, at) => mark(`m${at}`, at, at + 1))
    const relations = [
      { id: 'near the start', subject: 'm0', object: 'm1' },
      { id: 'far away', subject: 'm58', object: 'm59' },
      { id: 'through the gutter', subject: 'm0', object: 'm8' },
    ]
    const built = scene(text, { marks, relations, width: 300 })
    const drawnOn = (line: number) => arcsBetween(built, line, line).map(({ relationId }) => relationId)
    expect(drawnOn(0)).toEqual(['near the start', 'through the gutter'])
    expect(drawnOn(1)).toEqual(['through the gutter'])
    expect(drawnOn(built.lines.length - 1)).toEqual(['far away'])
    expect(arcsOf(built)).toHaveLength(3)
  })

  it('finds the lines between two heights, none missed', () => {
    const text = Array.from({ length: 80 }, () => 'word').join(' ')
    const built = scene(text, { width: 300 })
    fc.assert(
      fc.property(fc.nat(built.height), fc.nat(400), (top, height) => {
        const { from, to } = linesBetween(built, top, top + height)
        built.lines.forEach((line, index) => {
          const isIn = line.tagTop >= top && line.wordTop <= top + height
          if (isIn) expect(from <= index && index <= to).toBe(true)
        })
      }),
    )
  })

  it('leaves out a relation whose span is not shown', () => {
    expect(
      arcsOf(scene('one', { marks: [mark('a', 0, 1)], relations: [{ id: 'r', subject: 'a', object: 'x' }] })),
    ).toEqual([])
  })

  it('finds the word below and above', () => {
    const { lines } = scene('one two three four five six seven eight', { width: 300 })
    const below = tokenOnLine(lines, 0, 1)
    expect(below).toBe(lines[1]?.cells[0]?.token)
    expect(tokenOnLine(lines, below ?? -1, -1)).toBe(0)
    expect(tokenOnLine(lines, 0, -1)).toBeNull()
  })
})
