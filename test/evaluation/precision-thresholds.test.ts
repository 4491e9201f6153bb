/** Thresholds for a wanted precision. */
import { describe, expect, it } from 'vitest'
import { describePrecision } from '#main/evaluation/describe-precision'
import { leastProbability, precisionThresholds } from '#main/evaluation/precision-thresholds'
import type { TripleGuess } from '#main/evaluation/triple-guesses'

/** Hundred guesses with falling probability, of which every `nth` is wrong; from `rotten` on all are. */
function guessesOf(relation: string, nth: number, rotten = 100, count = 100): TripleGuess[] {
  return Array.from({ length: count }, (_, at) => ({
    relation,
    probability: 0.99 - at / 200,
    isRight: (at + 1) % nth !== 0 && at < rotten,
    sentence: at,
  }))
}

describe('thresholds for a precision', () => {
  it('are the lowest from which on the wanted share is right', () => {
    const { byRelation, pooled, isPooledOverAll } = precisionThresholds(guessesOf('led', 1000, 60), 0.75, 60)
    // 60 right ones, then wrong ones only: 60 of 80 are right
    expect(byRelation['led']?.measured).toMatchObject({ right: 60, of: 80, share: 0.75 })
    expect(byRelation['led']?.threshold).toBeCloseTo(0.99 - 79.5 / 200, 9)
    expect(byRelation['led']?.measured.low).toBeCloseTo(0.6452, 3)
    // nothing is left for the others, so that all together choose
    expect(isPooledOverAll).toBe(true)
    expect(pooled.threshold).toBe(byRelation['led']?.threshold)
  })

  it('of relation types with few triples are one that they choose together', () => {
    const rare = Array.from({ length: 30 }, (_, at) => guessesOf(`rare ${at}`, 1000, 1, 2)).flat()
    const { byRelation, pooled, isPooledOverAll } = precisionThresholds([...guessesOf('led', 1000), ...rare], 0.9, 130)
    expect(Object.keys(byRelation)).toEqual(['led'])
    expect(isPooledOverAll).toBe(false)
    // the first of each is right, with 0.99, the second wrong, with 0.985
    expect(pooled.measured).toMatchObject({ right: 30, of: 30 })
    expect(leastProbability({ byRelation, pooled }, 'rare 3')).toBeCloseTo(0.9875, 9)
    expect(leastProbability({ byRelation, pooled }, 'toString')).toBe(pooled.threshold)
  })

  it('are none where the precision cannot be reached, and say what is the highest', () => {
    const { byRelation, pooled } = precisionThresholds(guessesOf('led', 5), 0.95, 80)
    expect(byRelation['led']).toMatchObject({ threshold: null, measured: { of: 24 } })
    expect(leastProbability({ byRelation, pooled }, 'led')).toBe(Infinity)
  })

  it('are not found on a lucky handful', () => {
    // the first ten are right, and half of the others
    const lucky = guessesOf('led', 2).map((guess, at) => (at < 10 ? { ...guess, isRight: true } : guess))
    expect(precisionThresholds(lucky, 0.95, 60).byRelation['led']?.threshold).toBeNull()
  })

  it('are told with the number of triples that each rests on and its interval, and by name where none is reached', () => {
    const rare = guessesOf('rare', 2, 100, 30)
    const told = describePrecision(
      precisionThresholds(
        [...guessesOf('led', 1000), ...guessesOf('met', 5), ...rare, ...guessesOf('few', 2, 9, 25)],
        0.9,
        200,
      ),
    ).join('\n')
    expect(told).toMatch(/led from 0\.\d{3} \(\d+\.\d % of \d+ triples, \d+\.\d % to \d+\.\d %\)/)
    expect(told).toMatch(/No threshold reaches 90\.0 % for met \(at most \d+\.\d % of \d+ triples, /)
    expect(told).toMatch(/even together .* the triples of rare \(30 guesses\); few \(25 guesses\) are left out/)
  })

  it('say that nothing is known where held-out parts of dev keep no triple', () => {
    const told = describePrecision(precisionThresholds(guessesOf('led', 2, 100, 20), 0.9, 20))
    expect(told[0]).toContain('nothing shows what to expect')
    expect(told.join()).not.toContain(' of 0 triples')
  })

  it('promise what they give on folds that did not choose them', () => {
    const { heldOut, recall } = precisionThresholds(guessesOf('led', 1000, 60), 0.9, 120)
    expect(heldOut.of).toBeGreaterThan(60)
    expect(heldOut.share).toBeGreaterThan(0.8)
    expect(recall).toBe(heldOut.right / 120)
  })
})
