/** Thresholds by relation type, tuned on dev. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Prediction } from '#main/document/prediction'
import { scoreTriples } from '#main/evaluation/match'
import { tuneThresholds } from '#main/evaluation/tune-thresholds'
import { labelled, predicted } from '../support/labelled-sentences.ts'

const spans = [
  [0, 1],
  [2, 3],
] as const

/** One sentence per guess: is it gold, and how probable does the model think it is? */
function corpusOf(guesses: readonly { type: string; isGold: boolean; probability: number }[]) {
  const dev = guesses.map(({ type, isGold }) => labelled('Mara led Orbisk', spans, isGold ? [[0, type, 1]] : []))
  const predictions = guesses.map(({ type, probability }): Prediction => {
    const found = predicted(3, spans, [[0, type, 1]])
    return { ...found, cells: found.cells.map((cell) => ({ ...cell, probability })) }
  })
  return { dev, predictions }
}

const guess = (type: string, isGold: boolean, probability: number) => ({ type, isGold, probability })

describe('tuned thresholds', () => {
  it('go down where a type is found too timidly, and up where it is found too easily', () => {
    const twenty = Array.from({ length: 20 }, (_, at) => at / 100)
    const shy = twenty.map((more) => guess('shy', true, 0.2 + more))
    const rash = twenty.flatMap((more) => [guess('rash', false, 0.5 + more), guess('rash', true, 0.75 + more)])
    const { dev, predictions } = corpusOf([...shy, ...rash])
    const { byRelation, before, after } = tuneThresholds(dev, predictions)
    expect(byRelation['shy']).toBeCloseTo(0.125, 9)
    expect(byRelation['rash']).toBeCloseTo(0.72, 9)
    expect([before.correct, after.correct]).toEqual([20, 40])
    expect(after.f1).toBe(1)
  })

  it('stay where they are for types with too little gold to tune on', () => {
    const few = [0.2, 0.3, 0.4, 0.45].map((probability) => guess('rare', true, probability))
    const { dev, predictions } = corpusOf(few)
    expect(tuneThresholds(dev, predictions).byRelation).toEqual({})
  })

  it('stay where they are when what was learnt on a part of dev does not hold for the rest', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0.06, max: 0.99, noNaN: true })), (probabilities) => {
        // right or wrong has nothing to do with how probable it is
        const all = [...probabilities.take(40)].map((probability, at) => guess('any', at % 3 === 0, probability))
        const { dev, predictions } = corpusOf(all)
        const { byRelation, before, after } = tuneThresholds(dev, predictions)
        expect(before).toEqual(scoreTriples(dev, predictions, 'exact'))
        expect(after.f1).toBeGreaterThanOrEqual(before.f1)
        if (after.f1 === before.f1) expect(byRelation).toEqual({})
      }),
    )
  })

  it('start from the one threshold, whatever was tuned before', () => {
    const { dev, predictions } = corpusOf(Array.from({ length: 15 }, (_, at) => guess('led', true, 0.3 + at / 30)))
    const retuned = predictions.map((prediction) => ({ ...prediction, thresholds: { led: 0.99 } }))
    expect(tuneThresholds(dev, retuned)).toEqual(tuneThresholds(dev, predictions))
  })

  it('of a model that finds no entities are tuned on its words', () => {
    const { dev, predictions } = corpusOf(Array.from({ length: 20 }, (_, at) => guess('led', true, 0.2 + at / 100)))
    const wordsOnly = predictions.map((prediction) => ({ ...prediction, tags: ['O', 'O', 'O'], spans: [] }))
    expect(tuneThresholds(dev, wordsOnly)).toMatchObject({ byRelation: {}, before: { f1: 0 }, after: { f1: 0 } })
    const { byRelation, before, after } = tuneThresholds(dev, wordsOnly, 'partial')
    expect(byRelation['led']).toBeLessThan(0.2)
    expect([before.correct, after.correct]).toEqual([0, 20])
  })
})
