/** Compare: files of a comparison. */
import { describe, expect, it } from 'vitest'
import type { DiffTriple } from '#main/comparison/diff-triples'
import { drawArcs, keyOf, triplesOf } from '#window/features/compare/diff/drawn-arcs.ts'
import { tableFileName, tableFormats } from '#window/features/compare/export-table.ts'

describe('the exported file', () => {
  it('has a name every system takes', () => {
    const table = {
      ...{ corpusName: 'WebNLG*: "a/b"', split: 'test' as const, match: 'partial' as const },
      ...{ sentences: 1, uniqueTriples: 1, rows: [], remarks: [] },
    }
    expect(tableFormats.map((format) => tableFileName(table, format))).toEqual([
      'WebNLG-a-b-test-partial.md',
      'WebNLG-a-b-test-partial.tex',
      'WebNLG-a-b-test-partial.csv',
    ])
  })
})

describe('the drawing of a sentence', () => {
  const [ada, orbisk, lorn] = [0, 2, 4].map((start) => ({ start, end: start + 1 }))
  const triple = (part: Partial<DiffTriple>): DiffTriple => ({
    ...{ subject: 'Ada', type: 'led', object: 'Orbisk', isGold: true, first: null, second: null },
    ...{ ends: ada && orbisk ? { subject: ada, object: orbisk } : null, firstEarly: null, secondEarly: null, ...part },
  })

  it('shows of each member what it finds, misses, loses and finds wrongly', () => {
    const ends = ada && lorn ? { subject: ada, object: lorn } : null
    const triples = [
      triple({ first: 0.91, firstEarly: 0.4 }),
      triple({ ends, type: 'left', secondEarly: 0.62 }),
      triple({ ends, type: 'saw', isGold: false, second: 0.7 }),
      triple({ ends: null }),
    ]
    expect(triplesOf(triples, 'first').map(({ state, label }) => [state, label])).toEqual([
      ['right', 'led 0.91 · early 0.40'],
      ['missed', 'left'],
    ])
    expect(triplesOf(triples, 'second').map(({ state, label }) => [state, label])).toEqual([
      ...[
        ['missed', 'led'],
        ['lost', 'left · early 0.62'],
        ['wrong', 'saw 0.70'],
      ],
    ])
  })

  it('draws the shorter arc nearer to the words, above them or below', () => {
    const places = new Map(
      [ada, orbisk, lorn].map((range, at) => [
        keyOf(range ?? { start: 0, end: 1 }),
        { line: 0, left: 90 * at, right: 90 * at + 40 },
      ]),
    )
    const ends = ada && lorn ? { subject: ada, object: lorn } : null
    const triples = triplesOf([triple({ first: 1 }), triple({ ends, first: 1 })], 'first')
    const [above, below] = [true, false].map((isAbove) => drawArcs(triples, places, 300, isAbove))
    expect(above?.arcs.map(({ y }) => y)).toEqual([30, 10])
    expect(below?.arcs.map(({ y }) => y)).toEqual([18, 38])
    expect([above?.height, drawArcs([], places, 300, true).height]).toEqual([48, 0])
  })
})
