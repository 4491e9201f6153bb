/** Texts that are alike share a hash; others do not. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalised, textHash } from '#main/text/likeness'

describe('likeness of texts', () => {
  it('forgets case, white space, punctuation and Unicode form', () => {
    for (const other of [
      'mara velt left',
      'Mara  Velt left.',
      '"Mara Velt" - left!',
      'MARA\u00a0VELT LEFT',
      'Ｍara Velt left',
    ])
      expect(normalised(other)).toBe(normalised('Mara Velt left'))
    expect(normalised('Cafe\u0301')).toBe(normalised('Café'))
    expect(normalised('他 在 北京 。')).toBe(normalised('他在北京'))
  })

  it('keeps letters, marks and numbers apart', () => {
    expect(new Set(['a', 'b', 'ä', '1', '2', 'কা', 'কি'].map(normalised)).size).toBe(7)
    expect(normalised('?!')).not.toBe(normalised('...'))
  })

  it('gives different texts different numbers that a database holds exactly', () => {
    const seen = new Set(Array.from({ length: 100_000 }, (_, index) => textHash(`sentence ${index}`)))
    expect(seen.size).toBe(100_000)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(Number.isSafeInteger(textHash(text))).toBe(true)
        expect(textHash(text)).toBeGreaterThanOrEqual(0)
        expect(textHash(`${text}x`)).not.toBe(textHash(text))
      }),
    )
  })
})
