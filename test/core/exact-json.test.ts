/** Numbers of a JSON text keep their spelling where a double would lose it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseExactJson } from '#main/core/exact-json'
import { ExactNumber } from '#main/core/exact-number'

const spelled = [
  '9007199254740993',
  '12345678901234567890',
  '-12345678901234567890123',
  '1.0',
  '-0',
  '0.0',
  '1e400',
  '1E5',
  '1e-05',
  '0.0000001',
  '0.12345678901234567890',
  '1234567890.12345678',
  '100000000000000000000000',
]

describe('exact JSON', () => {
  it.each(spelled)('writes %s back as it was spelled, wherever it stands', (number) => {
    for (const text of [number, `[${number}]`, `{"a":${number}}`, `{"a":[1,${number},{"b":${number}}]}`])
      expect(JSON.stringify(parseExactJson(text))).toBe(text)
  })

  it('gives ordinary numbers where their spelling comes back from them', () => {
    expect(parseExactJson('[1, -2.5, 9007199254740991, 0.9876543210987654, 1.0]')).toEqual([
      ...[1, -2.5, 9007199254740991, 0.9876543210987654],
      new ExactNumber('1.0'),
    ])
  })

  it('leaves numbers within strings alone', () => {
    expect(parseExactJson('{"12345678901234567890": "1.0, 12345678901234567890"}')).toEqual({
      '12345678901234567890': '1.0, 12345678901234567890',
    })
  })

  it('writes any JSON back as it was spelled', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 25 }).map((all) => all.join(''))
    const number = fc
      .tuple(
        fc.constantFrom('', '-'),
        digits.map((all) => all.replace(/^0+(?=\d)/, '')),
        fc.option(digits, { nil: undefined }),
        fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits), { nil: undefined }),
      )
      .map(
        ([sign, whole, fraction, exponent]) =>
          `${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${exponent?.join('') ?? ''}`,
      )
    const key = fc.string().filter((name) => !/^\d+$/.test(name)) // an engine sorts keys that are numbers
    const { json } = fc.letrec<{ json: string; list: string; map: string }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4 },
        number,
        fc.string().map((one) => JSON.stringify(one)),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      map: fc
        .uniqueArray(fc.tuple(key, tie('json')), { selector: ([name]) => name, maxLength: 4 })
        .map((entries) => `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(',')}}`),
    }))
    fc.assert(
      fc.property(json, (text) => {
        expect(JSON.stringify(parseExactJson(text))).toBe(text)
      }),
    )
  })
})
