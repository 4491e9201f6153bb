/** Plausibility of triples by the types of their ends. */
import { describe, expect, it } from 'vitest'
import { createPlausibility, pairRules, passes } from '#main/labels/plausibility'

const plausibilityOf = createPlausibility({
  signatures: [{ relation: 'led', subject: 'PERSON', object: 'ORG' }],
  seen: [
    { relation: 'led', subject: 'ORG', object: 'PERSON' },
    { relation: 'in', subject: 'ORG', object: 'PLACE' },
  ],
})

describe('plausibility', () => {
  it('is by the label set where it speaks of the relation type, else by what training has shown', () => {
    expect(plausibilityOf('led', 'PERSON', 'ORG')).toBe('allowed')
    // training holds it against the label set
    expect(plausibilityOf('led', 'ORG', 'PERSON')).toBe('forbidden')
    expect(plausibilityOf('in', 'ORG', 'PLACE')).toBe('seen')
    expect(plausibilityOf('in', 'PLACE', 'ORG')).toBe('unseen')
  })

  it('is unknown where a span has no type', () => {
    expect(plausibilityOf('led', '', 'ORG')).toBeNull()
  })

  it('decides what each rule keeps, and what it cannot tell stays', () => {
    const kept = pairRules.map((rule) =>
      ['allowed', 'seen', 'unseen', 'forbidden', null].filter((one) => passes(rule, one as never)),
    )
    expect(kept).toEqual([
      ['allowed', 'seen', 'unseen', 'forbidden', null],
      ['allowed', 'seen', 'unseen', null],
      ['allowed', 'seen', null],
    ])
  })
})
