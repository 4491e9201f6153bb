/** The memory floor: what remembering the train split scores. */
import { describe, expect, it } from 'vitest'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { labelled } from '../support/labelled-sentences.ts'
import { memoryFloor } from '../support/memory-floor.ts'

const ends = [
  [0, 1],
  [2, 3],
] as const
const gold = (text: string): LabelledSentence => labelled(text, ends, [[0, 'founder_of', 1]])
const bare = (text: string): LabelledSentence => labelled(text, ends)

describe('the memory floor', () => {
  it('emits a remembered triple where both strings stand, in any order', () => {
    const { scores } = memoryFloor({
      train: [gold('Ada founded Orbisk')],
      dev: [],
      test: [
        labelled('Orbisk thanks Ada', ends, [[1, 'founder_of', 0]]),
        bare('Ada left Hask'),
        gold('Mara founded Orbisk'),
      ],
    })
    expect([scores.gold, scores.predicted, scores.correct]).toEqual([2, 1, 1])
  })

  it('knows strings as whole words only', () => {
    const train = [
      labelled(
        'Ada Lund founded Orbisk',
        [
          [0, 2],
          [3, 4],
        ],
        [[0, 'founder_of', 1]],
      ),
    ]
    const emitted = (text: string) => memoryFloor({ train, dev: [], test: [bare(text)] }).scores.predicted
    expect(emitted('Orbisk and Ada Lund')).toBe(1)
    expect(emitted('Orbisk and Ada Lunde')).toBe(0)
    expect(emitted('Orbisk and Lund Ada')).toBe(0)
    expect(emitted('Orbisk ended with Ada')).toBe(0)
  })

  it('picks the smallest of the best fractions on dev: 1 of 4 sentences that hold both is too few', () => {
    const train = [
      gold('Ada founded Orbisk'),
      ...Array.from({ length: 3 }, () => bare('Ada left Orbisk')),
      gold('Tam founded Hask'),
    ]
    const dev = [bare('Ada met Orbisk'), gold('Tam built Hask')]
    const { fraction, scores } = memoryFloor({ train, dev, test: dev })
    expect(fraction).toBeCloseTo(0.3) // the first step of 0.05 above 1/4
    expect(scores.f1).toBe(1)
  })

  it('picks on train where dev is empty', () => {
    const train = [
      gold('Ada founded Orbisk'),
      bare('Ada left Orbisk'),
      bare('Ada sold Orbisk'),
      bare('Ada lost Orbisk'),
      gold('Tam founded Hask'),
    ]
    expect(memoryFloor({ train, dev: [], test: train }).fraction).toBeCloseTo(0.3)
  })

  it('counts gold that it cannot find', () => {
    const { scores } = memoryFloor({ train: [], dev: [], test: [labelled('a b c', [], [], [['x', 'r', 'y']])] })
    expect(scores).toMatchObject({ gold: 1, predicted: 0, f1: 0 })
  })

  it('compares last words in partial mode', () => {
    const train = [
      labelled(
        'Ada Lund founded Orbisk',
        [
          [0, 2],
          [3, 4],
        ],
        [[0, 'founder_of', 1]],
      ),
    ]
    const test = [
      labelled(
        'Ada Lund of Orbisk',
        [
          [1, 2],
          [3, 4],
        ],
        [[0, 'founder_of', 1]],
      ),
    ]
    expect(memoryFloor({ train, dev: [], test }, 'exact').scores.correct).toBe(0)
    expect(memoryFloor({ train, dev: [], test }, 'partial').scores.correct).toBe(1)
  })
})
