/** Focus mode: which arcs are drawn, and that none is lost. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allArcs, focusArcs } from '#window/features/annotate/scene/focus.ts'
import type { ArcItem } from '#window/features/annotate/editor/items.ts'

const arc = (id: string, subject: string, object: string): ArcItem => ({
  ...{ id, subject, object, kind: 'gold', type: 'led', subjectText: subject, objectText: object },
  target: { kind: 'relation', relationId: id },
})
const arcs = [arc('r1', 'a', 'b'), arc('r2', 'b', 'c'), arc('r3', 'c', 'd'), arc('r4', 'd', 'd')]
const ids = (shown: readonly ArcItem[]) => shown.map(({ id }) => id)

describe('focus mode', () => {
  it('draws the arcs of the chosen span and counts the others where they begin and end', () => {
    const { arcs: shown, hidden } = focusArcs(arcs, { kind: 'span', spanId: 'b' }, 'b')
    expect(ids(shown)).toEqual(['r1', 'r2'])
    expect(hidden.get('c')).toEqual({ outgoing: 1, incoming: 0 })
    expect(hidden.get('d')).toEqual({ outgoing: 1, incoming: 2 })
  })

  it('draws the chosen relation with those that share an end with it', () => {
    expect(ids(focusArcs(arcs, { kind: 'relation', relationId: 'r3' }, null).arcs)).toEqual(['r2', 'r3', 'r4'])
  })

  it('draws none while nothing is chosen, and all where it is off', () => {
    expect(focusArcs(arcs, null, null).arcs).toEqual([])
    expect(ids(allArcs(arcs).arcs)).toEqual(['r1', 'r2', 'r3', 'r4'])
  })

  it('draws or counts every arc at both ends', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 })
    fc.assert(
      fc.property(some, fc.constantFrom('a', 'b', 'c', null), (pairs, chosen) => {
        const all = pairs.map(([subject, object], at) => arc(`r${at}`, subject, object))
        const { arcs: shown, hidden } = focusArcs(all, null, chosen)
        const counts = [...hidden.values()]
        const outgoing = counts.reduce((sum, count) => sum + count.outgoing, 0)
        const incoming = counts.reduce((sum, count) => sum + count.incoming, 0)
        expect([shown.length + outgoing, shown.length + incoming]).toEqual([all.length, all.length])
      }),
    )
  })
})
