/** Evaluation of a split: headline scores, the early pass, and breakdowns that add up. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '#main/evaluation/evaluate'
import type { Evaluation } from '#main/evaluation/evaluation'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { oraclePredictions } from '#main/evaluation/oracle'
import { labelled, predicted, separateSentences } from '../support/labelled-sentences.ts'

const ends = [
  [0, 1],
  [2, 3],
] as const
const first = labelled('Ada founded Orbisk', ends, [[0, 'founder_of', 1]])
const second = labelled('Hask borders Lunde', ends, [[0, 'borders', 1]])
const third = labelled(
  'Ada founded Orbisk in Hask',
  [...ends, [4, 5]],
  [
    [0, 'founder_of', 1],
    [1, 'located_in', 2],
  ],
)
const train = [...Array.from({ length: 10 }, () => first), labelled('Tarnow borders Hask', ends, [[0, 'borders', 1]])]

/** The last sentence was not read; in the second a relation type is confused. */
const evaluation = evaluate({
  sentences: [first, second, third],
  predictions: [predicted(3, ends, [[0, 'founder_of', 1]]), predicted(3, ends, [[0, 'founder_of', 1]]), null],
  train,
})

function rowsOf({ breakdowns }: Evaluation, name: string, mode: MatchMode = 'exact'): unknown[] {
  const rows = breakdowns[mode].find((breakdown) => breakdown.name === name)?.rows ?? []
  return rows.map(({ label, sentences, scores: { gold, predicted: found, correct } }) => [
    label,
    sentences,
    ...[gold, found, correct],
  ])
}

describe('an evaluation', () => {
  it('counts sentences, unique triples and scores', () => {
    expect(evaluation).toMatchObject({ sentences: 3, uniqueTriples: 4, earlyTriples: null })
    expect(evaluation.triples.exact).toEqual({
      gold: 4,
      predicted: 2,
      correct: 1,
      precision: 0.5,
      recall: 0.25,
      f1: 1 / 3,
    })
    expect(evaluation.entities.all).toMatchObject({ gold: 7, predicted: 4, correct: 4 })
  })

  it('scores the early pass with the same anchor and threshold', () => {
    const whole = predicted(3, ends, [[0, 'founder_of', 1]])
    const early = { ...whole, cells: whole.cells.map((cell) => ({ ...cell, probability: 0.4 })) }
    const of = (threshold: number) =>
      evaluate({ sentences: [first], predictions: [{ ...whole, threshold, early }], train }).earlyTriples?.exact.correct
    expect([of(0.4), of(0.5)]).toEqual([1, 0])
  })

  it('breaks down by overlap class, number of triples and length', () => {
    expect(rowsOf(evaluation, 'overlap class')).toEqual([
      ['Normal', 2, 2, 2, 1],
      ['SEO', 1, 2, 0, 0],
      ['EPO', 0, 0, 0, 0],
      ['SOO', 0, 0, 0, 0],
      ['Normal without SOO', 2, 2, 2, 1],
    ])
    expect(rowsOf(evaluation, 'triples')).toEqual([
      ['1', 2, 2, 2, 1],
      ['2', 1, 2, 0, 0],
    ])
    expect(rowsOf(evaluation, 'length')).toEqual([
      ['3 to 3 words', 2, 2, 2, 1],
      ['4 to 5 words', 1, 2, 0, 0],
    ])
  })

  it('breaks down by what the train split held', () => {
    // a confused type is a prediction of the type that was said: never seen with these strings
    expect(rowsOf(evaluation, 'novelty')).toEqual([
      ['seen', 2, 2, 1, 1],
      ['unseen', 2, 2, 1, 0],
    ])
    expect(rowsOf(evaluation, 'relation frequency')).toEqual([
      ['not in train', 1, 1, 0, 0],
      ['1 to 9', 1, 1, 0, 0],
      ['10 to 99', 2, 2, 2, 1],
      ['100 or more', 0, 0, 0, 0],
    ])
    expect(rowsOf(evaluation, 'relation')).toEqual([
      ['founder_of', 2, 2, 2, 1],
      ['borders', 1, 1, 0, 0],
      ['located_in', 1, 1, 0, 0],
    ])
  })

  it('puts five and more triples into one row, and quartiles of equal length too', () => {
    const busy = labelled(
      'a b c d e f g',
      Array.from({ length: 7 }, (_, at) => [at, at + 1] as const),
      [1, 2, 3, 4, 5, 6].map((object) => [0, 'r', object] as const),
    )
    const wide = evaluate({ sentences: [busy, first, first], predictions: [null, null, null], train: [] })
    expect(rowsOf(wide, 'triples').map(String)).toEqual(['1,2,2,0,0', '5 or more,1,6,0,0'])
    expect(rowsOf(wide, 'length').map(String)).toEqual(['3 to 3 words,2,2,0,0', '4 to 7 words,1,6,0,0'])
  })

  it('of nothing is all zeros', () => {
    const empty = evaluate({ sentences: [], predictions: [], train: [] })
    expect(empty).toMatchObject({ sentences: 0, uniqueTriples: 0 })
    for (const mode of matchModes) expect(empty.triples[mode].f1).toBe(0)
  })
})

describe('breakdowns', () => {
  it('of triples add up to the whole in every mode', () => {
    const sentences = fc.array(separateSentences, { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(sentences, sentences, fc.constantFrom(...matchModes), (gold, seen, mode) => {
        const predictions = oraclePredictions(gold, 'last').map((prediction, at) => (at === 1 ? null : prediction))
        const { triples, breakdowns } = evaluate({ sentences: gold, predictions, train: seen })
        for (const name of ['triples', 'length', 'novelty', 'relation frequency', 'relation']) {
          const rows = breakdowns[mode].find((breakdown) => breakdown.name === name)?.rows ?? []
          const sum = (of: 'gold' | 'predicted' | 'correct') => rows.reduce((all, { scores }) => all + scores[of], 0)
          const { gold: all, predicted: found, correct } = triples[mode]
          expect([name, sum('gold'), sum('predicted'), sum('correct')]).toEqual([name, all, found, correct])
        }
      }),
      { numRuns: 60 },
    )
  })
})
