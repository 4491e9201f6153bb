/** Focus mode: which arcs are drawn, and that none is lost. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allArcs, calmArcs, focusArcs } from '#window/features/annotate/scene/focus.ts'
import type { ArcItem } from '#window/features/annotate/editor/items.ts'

const arc = (id: string, subject: string, object: string): ArcItem => ({
  ...{ id, subject, object, kind: 'gold', type: 'led', subjectText: subject, objectText: object },
  target: { kind: 'relation', relationId: id },
})
const arcs = [arc('r1', 'a', 'b'), arc('r2', 'b', 'c'), arc('r3', 'c', 'd'), arc('r4', 'd', 'd')]
const ids = (shown: readonly ArcItem[]) => shown.map(({ id }) => id)

describe('focus mode', () => {
  it('draws the arcs of the chosen span and counts the others where they begin and end', () => {
    const { arcs: shown, hidden } = focusArcs(arcs, { target: { kind: 'span', spanId: 'b' }, mark: 'b' })
    expect(ids(shown)).toEqual(['r1', 'r2'])
    expect(hidden.get('c')).toEqual({ outgoing: 1, incoming: 0 })
    expect(hidden.get('d')).toEqual({ outgoing: 1, incoming: 2 })
  })

  it('draws the chosen relation with those that share an end with it', () => {
    expect(ids(focusArcs(arcs, { target: { kind: 'relation', relationId: 'r3' }, mark: null }).arcs)).toEqual([
      'r2',
      'r3',
      'r4',
    ])
  })

  it('draws none while nothing is chosen, and all where it is off', () => {
    expect(focusArcs(arcs, { target: null, mark: null }).arcs).toEqual([])
    expect(ids(allArcs(arcs).arcs)).toEqual(['r1', 'r2', 'r3', 'r4'])
  })

  it('draws or counts every arc at both ends', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 })
    fc.assert(
      fc.property(some, fc.constantFrom('a', 'b', 'c', null), (pairs, chosen) => {
        const all = pairs.map(([subject, object], at) => arc(`r${at}`, subject, object))
        const { arcs: shown, hidden } = focusArcs(all, { target: null, mark: chosen })
        const counts = [...hidden.values()]
        const outgoing = counts.reduce((sum, count) => sum + count.outgoing, 0)
        const incoming = counts.reduce((sum, count) => sum + count.incoming, 0)
        expect([shown.length + outgoing, shown.length + incoming]).toEqual([all.length, all.length])
      }),
    )
  })
})

describe('suggested arcs', () => {
  const suggested = (id: string, subject: string, object: string, probability: number): ArcItem => ({
    ...arc(id, subject, object),
    ...{ kind: 'suggested', probability, target: { kind: 'suggestion', key: id } },
  })
  const lineOf = (mark: string) => (mark < 'n' ? 0 : 1)
  const nothing = { target: null, mark: null }

  it('are all drawn while no line holds more than four arcs', () => {
    const few = [arc('r1', 'a', 'b'), suggested('s1', 'a', 'c', 0.5), suggested('s2', 'a', 'd', 0.9)]
    expect(calmArcs(few, lineOf, nothing)).toMatchObject({ arcs: few, undrawn: 0 })
  })

  it('are drawn up to four arcs a line, the most probable first, and counted beyond', () => {
    const many = [...arcs.slice(0, 2), suggested('s1', 'a', 'c', 0.5), suggested('s2', 'a', 'd', 0.9)]
    const more = [...many, suggested('s3', 'b', 'd', 0.7), suggested('s4', 'x', 'y', 0.1)]
    const { arcs: shown, undrawn } = calmArcs(more, lineOf, nothing)
    expect(ids(shown)).toEqual(['r1', 'r2', 's2', 's3', 's4'])
    expect(undrawn).toBe(1)
  })

  it('of what is chosen are drawn besides, and nothing else changes', () => {
    const many = [...arcs, suggested('s1', 'a', 'c', 0.5), suggested('s2', 'b', 'd', 0.9)]
    expect(ids(calmArcs(many, lineOf, nothing).arcs)).toEqual(['r1', 'r2', 'r3', 'r4'])
    expect(ids(calmArcs(many, lineOf, { target: null, mark: 'a' }).arcs)).toEqual(['r1', 'r2', 'r3', 'r4', 's1'])
    const target = { kind: 'suggestion', key: 's2' } as const
    expect(ids(calmArcs(many, lineOf, { target, mark: null }).arcs)).toContain('s2')
  })

  it('leave every gold arc drawn', () => {
    const gold = Array.from({ length: 9 }, (_, at) => arc(`r${at}`, 'a', 'b'))
    expect(calmArcs([...gold, suggested('s', 'a', 'b', 1)], lineOf, nothing)).toMatchObject({ arcs: gold, undrawn: 1 })
  })
})
