/** Words and pairs as numbers: what a Map would give, however many there are, and work that does not grow with them. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { goldTextTriples } from '#main/evaluation/match-items'
import { createNumbering, sentencesOf, wordsOf } from '#main/evaluation/numbered-sentences'
import { createPairTable } from '#main/evaluation/pair-table'
import { createWordIds } from '#main/evaluation/word-ids'
import { labelled } from '../support/labelled-sentences.ts'

it('words are numbered in the order in which they come', () => {
  const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.integer({ max: 5000 }).map(String))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 3000 }), (words) => {
      const ids = createWordIds()
      const numbers = new Map<string, number>()
      for (const one of words) if (!numbers.has(one)) numbers.set(one, numbers.size)
      expect(words.map(ids.idOf)).toEqual(words.map((one) => numbers.get(one)))
      expect(words.map(ids.idOf)).toEqual(words.map((one) => numbers.get(one)))
      expect(ids.all()).toEqual([...numbers.keys()])
    }),
    { numRuns: 50 },
  )
})

it('sentences and the strings of their gold, each triple once, are numbered by their words', () => {
  const word = fc.constantFrom('a', 'b', 'a b', '', 'c')
  const strings = fc.tuple(word, fc.constantFrom('r', 's'), word)
  const sentence = fc
    .record({
      words: fc.array(word, { minLength: 2, maxLength: 5 }),
      triples: fc.array(fc.tuple(fc.nat(3), fc.constantFrom('r', 's'), fc.nat(3)), { maxLength: 12 }),
      unanchored: fc.array(strings, { maxLength: 3 }),
    })
    .map(({ words, triples, unanchored }) => {
      const spans = [0, 1, 2, 3].map((at) => [at % words.length, (at % words.length) + 1 + (at % 2)] as const)
      return { ...labelled('', spans, triples, unanchored), words }
    })
  fc.assert(
    fc.property(fc.array(sentence, { maxLength: 4 }), (sentences) => {
      const numbering = createNumbering()
      const [numbers, types] = [new Map<string, number>(), new Map<string, number>()]
      const numberIn = (known: Map<string, number>, one: string): number => {
        if (!known.has(one)) known.set(one, known.size)
        return known.get(one) ?? -1
      }
      const expected = sentences.map((one) => {
        const words = one.words.map((each) => numberIn(numbers, each))
        const gold = goldTextTriples(one).map(({ subject, type, object }) => {
          const ends = [subject, object].map((end) => end.split(' ').map((each) => numberIn(numbers, each)))
          return [numberIn(types, type), ...ends]
        })
        numbering.add(one)
        return { words, gold }
      })
      const packed = numbering.take()
      const found = [...sentencesOf(packed)].map(({ words, gold }) => ({
        words: [...words],
        gold: gold.map(({ type, subject, object, end }) => [
          type,
          [...packed.subarray(subject, object)],
          [...packed.subarray(object, end)],
        ]),
      }))
      expect(found).toEqual(expected)
      expect([...wordsOf(packed)].map((words) => [...words])).toEqual(expected.map(({ words }) => words))
      expect(numbering.take().length).toBe(0)
    }),
    { numRuns: 200 },
  )
})

const number = fc.nat({ max: 40 })

it('pairs are numbered, and found among numbers, as a plain search finds them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 2000 }), fc.uniqueArray(number), (pairs, among) => {
      const table = createPairTable()
      const keys: string[] = []
      const given: [number, number][] = []
      for (const [subject, object] of pairs) {
        const key = `${subject} ${object}`
        if (!keys.includes(key)) keys.push(key)
        given.push([table.idOf(subject, object), keys.indexOf(key)])
      }
      expect(given.filter(([number, expected]) => number !== expected)).toEqual([])
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
