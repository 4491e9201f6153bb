/** JSON in pieces is the JSON of the whole value. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonPieces } from '#main/core/json-pieces'

describe('JSON in pieces', () => {
  it('joins to what JSON.stringify makes, whatever the value', () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(1, 700), fc.boolean(), (value, times, isLong) => {
        const list = Array.from({ length: times }, () => [value, isLong ? 'x'.repeat(200) : undefined])
        const large = { list, none: undefined, last: { value, empty: {}, nothing: [] } }
        expect([...jsonPieces(large)].join('')).toBe(JSON.stringify(large))
        expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value))
      }),
      { numRuns: 40 },
    ))

  it('comes in pieces that are short beside the whole', () => {
    const spans = Array.from({ length: 20_000 }, (_, at) => ({ text: `name ${at}`, start: at, end: at + 6 }))
    const pieces = [...jsonPieces({ sentences: [{ text: 'a', spans }] })]
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100_000)
    expect(pieces.length).toBeGreaterThan(10)
  })
})
