/** Thresholds tuned on dev: one for all relation types, and those of types that deviate from it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withThresholds, type Prediction } from '#main/document/prediction'
import { scoreTriples } from '#main/evaluation/match'
import { tuneThresholds, type TunedThresholds } from '#main/evaluation/tune-thresholds'
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

/** The threshold of a type. */
const thresholdIn = ({ usual, byRelation }: TunedThresholds, type: string): number => byRelation[type] ?? usual

const guess = (type: string, isGold: boolean, probability: number) => ({ type, isGold, probability })

describe('tuned thresholds', () => {
  it('go down where a type is found too timidly, and up where it is found too easily', () => {
    const twenty = Array.from({ length: 20 }, (_, at) => at / 100)
    const shy = twenty.map((more) => guess('shy', true, 0.2 + more))
    const rash = twenty.flatMap((more) => [guess('rash', false, 0.5 + more), guess('rash', true, 0.75 + more)])
    const { dev, predictions } = corpusOf([...shy, ...rash])
    const tuned = tuneThresholds(dev, predictions)
    const { before, after } = tuned
    expect(thresholdIn(tuned, 'shy')).toBeLessThan(0.2)
    expect(thresholdIn(tuned, 'rash')).toBeCloseTo(0.72, 9)
    expect([before.correct, after.correct]).toEqual([20, 40])
    expect(after.f1).toBe(1)
  })

  it('are one for all types first, so that types with too little gold of their own gain as well', () => {
    const many = Array.from({ length: 12 }, (_, type) =>
      [0.2, 0.3, 0.4, 0.45].map((probability) => guess(`rare ${type}`, true, probability)),
    )
    const wrong = Array.from({ length: 40 }, (_, at) => guess(`rare ${at % 12}`, false, 0.06 + at / 1000))
    const { dev, predictions } = corpusOf([...many.flat(), ...wrong])
    const { usual, byRelation, before, after } = tuneThresholds(dev, predictions)
    expect(byRelation).toEqual({})
    expect(usual).toBeGreaterThan(0.1)
    expect(usual).toBeLessThan(0.2)
    expect([before.correct, after.f1]).toEqual([0, 1])
  })

  it('promise what the folds give that had no part in choosing them, not the best that all of dev allows', () => {
    const draws = fc.sample(
      fc.array(fc.double({ min: 0.06, max: 0.99, noNaN: true }), { minLength: 30, maxLength: 30 }),
      {
        numRuns: 60,
        seed: 1,
      },
    )
    const gaps = draws.map((probabilities) => {
      const { dev, predictions } = corpusOf(
        probabilities.map((probability, at) => guess('any', at % 2 === 0, probability)),
      )
      const { after, ...thresholds } = tuneThresholds(dev, predictions)
      const read = predictions.map((prediction) => withThresholds(prediction, thresholds))
      return scoreTriples(dev, read, 'exact').f1 - after.f1
    })
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeGreaterThan(0.001)
  })

  it('stay where they are when what was learnt on a part of dev does not hold for the rest', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0.06, max: 0.99, noNaN: true })), (probabilities) => {
        // right or wrong has nothing to do with how probable it is
        const all = [...probabilities.take(40)].map((probability, at) => guess('any', at % 3 === 0, probability))
        const { dev, predictions } = corpusOf(all)
        const { usual, byRelation, before, after } = tuneThresholds(dev, predictions)
        expect(before).toEqual(scoreTriples(dev, predictions, 'exact'))
        expect(after.f1).toBeGreaterThanOrEqual(before.f1)
        if (after.f1 === before.f1) expect([usual, byRelation]).toEqual([0.5, {}])
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
    const tuned = tuneThresholds(dev, wordsOnly, 'partial')
    const { before, after } = tuned
    expect(thresholdIn(tuned, 'led')).toBeLessThan(0.2)
    expect([before.correct, after.correct]).toEqual([0, 20])
  })
})
