/** Counts of sentences: they add up to the scores, and come back from their bytes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes } from '#main/evaluation/match-mode'
import { oraclePredictions } from '#main/evaluation/oracle'
import { countSentences, packCounts, unpackCounts } from '#main/evaluation/sentence-counts'
import { separateSentences } from '../support/labelled-sentences.ts'

const sum = (numbers: Uint32Array): number => numbers.reduce((total, number) => total + number, 0)

describe('counts of sentences', () => {
  it('add up to the scores in every match mode, sentences without a prediction included', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(separateSentences, fc.boolean()), { maxLength: 5 }), (pairs) => {
        const sentences = pairs.map(([sentence]) => sentence)
        const all = oraclePredictions(sentences, 'last')
        const predictions = pairs.map(([, isPredicted], at) => (isPredicted ? (all[at] ?? null) : null))
        for (const mode of matchModes) {
          const { gold, predicted, correct } = countSentences(sentences, predictions, mode)
          const scores = scoreTriples(sentences, predictions, mode)
          expect([gold.length, sum(gold), sum(predicted), sum(correct)]).toEqual([
            ...[sentences.length, scores.gold, scores.predicted, scores.correct],
          ])
        }
      }),
      { numRuns: 30 },
    )
  })

  it('come back from their bytes, however large', () => {
    const number = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 2 ** 32 - 1 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number)), (rows) => {
        const column = (at: 0 | 1 | 2) => Uint32Array.from(rows, (row) => row[at])
        const counts = { gold: column(0), predicted: column(1), correct: column(2) }
        expect(unpackCounts(packCounts(counts))).toEqual(counts)
      }),
    )
  })

  it('are refused where bytes are missing', () => {
    const bytes = packCounts({
      ...{ gold: Uint32Array.of(200), predicted: Uint32Array.of(1), correct: Uint32Array.of(300) },
    })
    for (let length = 1; length < bytes.length; length++)
      expect(() => unpackCounts(bytes.subarray(0, length))).toThrow('whole sentences')
  })
})
