/** The memory floor of much training data: the figures of a plain computation, and work that grows with the sentences alone. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { goldTextTriples, textKey } from '#main/evaluation/match-items'
import { matchTexts, type StringMode } from '#main/evaluation/match-strings'
import { countItems } from '#main/evaluation/match'
import { createMemoryFloor } from '#main/evaluation/memory-floor'
import { createNumbering } from '#main/evaluation/numbered-sentences'
import { labelled } from '../support/labelled-sentences.ts'
import { memoryFloor } from '../support/memory-floor.ts'

const word = fc.constantFrom('Ada', 'Mara', 'Velt', 'in', 'of')
const text = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join(' '))
const sentence = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 7 }),
    fc.array(fc.tuple(text, fc.constantFrom('a', 'b'), text), { maxLength: 3 }),
  )
  .map(([words, triples]) => labelled(words.join(' '), [], [], triples))
const split = fc.array(sentence, { maxLength: 6 })

/** The definition, word for word. */
function plainFloor(train: LabelledSentence[], dev: LabelledSentence[], test: LabelledSentence[], mode: StringMode) {
  const holds = ({ words }: LabelledSentence, string: string) => ` ${words.join(' ')} `.includes(` ${string} `)
  const holdsBoth = (one: LabelledSentence, { subject, object }: TextTriple) =>
    holds(one, subject) && holds(one, object)
  const all = new Map(train.flatMap(goldTextTriples).map((triple) => [textKey(triple), triple]))
  const memory = [...all].map(([key, triple]) => {
    const both = train.filter((one) => holdsBoth(one, triple)).length
    const gold = train.filter((one) => goldTextTriples(one).some((other) => textKey(other) === key)).length
    return { triple, fraction: both === 0 ? 0 : Math.min(1, gold / both) }
  })
  const score = (sentences: LabelledSentence[], fraction: number) =>
    countItems(
      sentences.map((one) => {
        const emitted = memory.filter((known) => known.fraction >= fraction && holdsBoth(one, known.triple))
        return matchTexts(
          goldTextTriples(one),
          emitted.map(({ triple }) => triple),
          mode,
        )
      }),
    )
  const steps = Array.from({ length: 21 }, (_, step) => step / 20)
  const f1s = steps.map((fraction) => score(dev.length > 0 ? dev : train, fraction).f1)
  const fraction = steps[f1s.indexOf(Math.max(...f1s))] ?? 0
  return { fraction, scores: score(test, fraction) }
}

describe('the memory floor', () => {
  it('is what its definition gives', () => {
    fc.assert(
      fc.property(
        split,
        split,
        split,
        fc.constantFrom<StringMode>('exact', 'partial', 'partial-first'),
        (train, dev, test, mode) => {
          expect(memoryFloor({ train, dev, test }, mode)).toEqual(plainFloor(train, dev, test, mode))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('looks up as much for many remembered triples as for few', () => {
    const lookUps = (remembered: number): number => {
      const floor = createMemoryFloor()
      const numbering = createNumbering()
      const numbered = (one: LabelledSentence) => {
        numbering.add(one)
        return numbering.take()
      }
      for (let at = 0; at < remembered; at++)
        floor.learn(numbered(labelled(`Ada of ${at}`, [], [], [['Ada', 'a', String(at)]])))
      for (const _ of floor.place()) continue
      floor.test(numbered(labelled('Tam')))
      const looked = numbered(labelled('Ada of 3'))
      const spies = [vi.spyOn(Set.prototype, 'has'), vi.spyOn(Map.prototype, 'get')]
      floor.test(looked)
      const calls = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0)
      for (const spy of spies) spy.mockRestore()
      return calls
    }
    expect(lookUps(2000)).toBe(lookUps(20))
  })
})
