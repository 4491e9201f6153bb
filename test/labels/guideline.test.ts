/** Guidelines: what their lines are, and examples that come and go. */
import { describe, expect, it } from 'vitest'
import { addExample, partsOf, quoteCase, removeExample } from '#main/labels/guideline'
import type { LabelSet } from '#main/labels/label-set'

const labels: LabelSet = {
  entityTypes: [{ name: 'ORG', hue: 2, guideline: 'A company or an office.' }, { name: 'PER' }],
  relationTypes: [{ name: 'led' }],
  signatures: [],
}

describe('a guideline', () => {
  it('is a text whose lines are rules, examples and counterexamples', () => {
    const text = 'A company.\n\nExample: “Orbisk” moved\nnot: the building\nCounterexample: its people\nExamples of old'
    expect(partsOf(text)).toEqual([
      { kind: 'rule', text: 'A company.' },
      { kind: 'example', text: '“Orbisk” moved' },
      { kind: 'counterexample', text: 'the building' },
      { kind: 'counterexample', text: 'its people' },
      { kind: 'rule', text: 'Examples of old' },
    ])
    expect(partsOf('')).toEqual([])
  })

  it('takes an example once, keeps what is there, and gives it back', () => {
    const added = addExample(labels, 'entity', 'ORG', '“Orbisk” moved')
    expect(added.entityTypes[0]).toEqual({
      ...{ name: 'ORG', hue: 2 },
      guideline: 'A company or an office.\nExample: “Orbisk” moved',
    })
    expect(addExample(added, 'entity', 'ORG', '“Orbisk” moved')).toBe(added)
    expect(removeExample(added, 'entity', 'ORG', '“Orbisk” moved')).toEqual(labels)
    const first = addExample(labels, 'relation', 'led', '“Jon” led “Calden”')
    expect(first.relationTypes).toEqual([{ name: 'led', guideline: 'Example: “Jon” led “Calden”' }])
    expect(removeExample(first, 'relation', 'led', '“Jon” led “Calden”')).toEqual(labels)
  })

  it('quotes a case with some words around it, ends of a relation apart and within each other', () => {
    expect(
      quoteCase(
        ['Jon', 'Reed', 'led', 'Calden'],
        [
          { start: 0, end: 2 },
          { start: 3, end: 4 },
        ],
      ),
    ).toBe('“Jon Reed” led “Calden”')
    expect(
      quoteCase(
        ['North', 'Calden', 'fell'],
        [
          { start: 0, end: 2 },
          { start: 1, end: 2 },
        ],
      ),
    ).toBe('“North “Calden”” fell')
    const long = Array.from({ length: 40 }, (_, at) => `w${at}`)
    expect(quoteCase(long, [{ start: 20, end: 21 }])).toBe(
      '… w12 w13 w14 w15 w16 w17 w18 w19 “w20” w21 w22 w23 w24 w25 w26 w27 w28 …',
    )
  })
})
