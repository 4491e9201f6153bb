/** Words and pairs as numbers: what a Map would give, however many there are, and work that does not grow with them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPairTable } from '#main/evaluation/pair-table'
import { createWordIds } from '#main/evaluation/word-ids'

it('words are numbered in the order in which they come', () => {
  const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.integer({ max: 5000 }).map(String))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3000 }), fc.array(word), (words, others) => {
      const ids = createWordIds()
      const numbers = new Map<string, number>()
      for (const one of words) {
        if (!numbers.has(one)) numbers.set(one, numbers.size)
        expect(ids.idOf(one)).toBe(numbers.get(one))
      }
      expect([...ids.known([...others, ...words])]).toEqual([...others, ...words].map((one) => numbers.get(one) ?? -1))
    }),
    { numRuns: 50 },
  )
})

const number = fc.nat({ max: 40 })

it('pairs are numbered, and found among numbers, as a plain search finds them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 2000 }), fc.uniqueArray(number), (pairs, among) => {
      const table = createPairTable()
      const keys: string[] = []
      for (const [subject, object] of pairs) {
        const key = `${subject} ${object}`
        if (!keys.includes(key)) keys.push(key)
        expect(table.idOf(subject, object)).toBe(keys.indexOf(key))
      }
      const wanted = among.flatMap((subject) => among.map((object) => [subject, object] as const))
      const found = wanted.map(([subject, object]) => table.find(subject, object)).filter((id) => id >= 0)
      expect(found).toEqual(wanted.map(([s, o]) => keys.indexOf(`${s} ${o}`)).filter((id) => id >= 0))
      expect(table.among(among, (one) => among.includes(one)).toSorted((a, b) => a - b)).toEqual(
        found.toSorted((a, b) => a - b),
      )
    }),
    { numRuns: 50 },
  )
})

it('as much is looked at for a subject of many pairs as for one of few', () => {
  const looksOf = (pairs: number): number => {
    const table = createPairTable()
    for (let object = 0; object < pairs; object++) table.idOf(1, object)
    let looks = 0
    const numbers = new Proxy([1, 2, 3], {
      get(target, key, receiver) {
        looks += Number(typeof key === 'string' && /^\d+$/.test(key))
        return Reflect.get(target, key, receiver) as unknown
      },
    })
    const found = table.among(numbers, (one) => {
      looks++
      return one <= 3
    })
    expect(found.length).toBe(3)
    return looks
  }
  expect(looksOf(2000)).toBe(looksOf(20))
})
