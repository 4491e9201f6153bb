/** Scores of triples in the five match modes, against counts made by hand. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { oraclePredictions } from '#main/evaluation/oracle'
import { labelled, predicted, predictionOf, separateSentences } from '../support/labelled-sentences.ts'

function counts(sentence: LabelledSentence, prediction: Prediction | null, mode: MatchMode): number[] {
  const { gold, predicted: found, correct } = scoreTriples([sentence], [prediction], mode)
  return [gold, found, correct]
}

// 0 Mara 1 Velt 2 founded 3 Orbisk 4 Labs 5 in 6 Tarnow
const text = 'Mara Velt founded Orbisk Labs in Tarnow'
const spans = [
  [0, 2, 'PER'],
  [3, 5, 'ORG'],
  [6, 7, 'LOC'],
] as const
const mara = labelled(text, spans, [
  [0, 'founder_of', 1],
  [1, 'located_in', 2],
])

describe('scores of one sentence', () => {
  it('are whole where everything is found', () => {
    const all = predicted(7, spans, [
      [0, 'founder_of', 1],
      [1, 'located_in', 2],
    ])
    for (const mode of matchModes) expect([mode, ...counts(mara, all, mode)]).toEqual([mode, 2, 2, 2])
  })

  it('tell the modes apart where a span is one word short', () => {
    const short = predicted(
      7,
      [
        [1, 2, 'PER'],
        [3, 5, 'ORG'],
        [6, 7, 'LOC'],
      ],
      [
        [0, 'founder_of', 1],
        [1, 'located_in', 2],
      ],
    )
    expect(counts(mara, short, 'exact')).toEqual([2, 2, 1])
    expect(counts(mara, short, 'partial')).toEqual([2, 2, 2])
    expect(counts(mara, short, 'partial-first')).toEqual([2, 2, 1])
    expect(counts(mara, short, 'span')).toEqual([2, 2, 1])
    expect(counts(mara, short, 'cell')).toEqual([2, 2, 1])
    expect(counts(mara, short, 'cell-any')).toEqual([2, 2, 2])
  })

  it('know a wrong entity type only where tags count', () => {
    const mistyped = predicted(
      7,
      [
        [0, 2, 'LOC'],
        [3, 5, 'ORG'],
        [6, 7, 'LOC'],
      ],
      [[0, 'founder_of', 1]],
    )
    expect(matchModes.map((mode) => counts(mara, mistyped, mode)[2])).toEqual([1, 1, 1, 0, 0, 1])
  })

  it('never let a wrong relation type or direction pass', () => {
    const wrong = predicted(7, spans, [
      [0, 'located_in', 1],
      [1, 'founder_of', 0],
    ])
    for (const mode of matchModes) expect(counts(mara, wrong, mode)).toEqual([2, 2, 0])
  })

  it('count a cell whose word ends no span as one word in the partial modes, as nothing in exact and span', () => {
    const loose: Prediction = {
      ...predicted(7, [[3, 5, 'ORG']], []),
      cells: [{ subject: 1, type: 'founder_of', object: 4, probability: 0.9 }],
    }
    expect(counts(mara, loose, 'exact')).toEqual([2, 0, 0])
    expect(counts(mara, loose, 'span')).toEqual([2, 0, 0])
    expect(counts(mara, loose, 'partial')).toEqual([2, 1, 1])
    expect(counts(mara, loose, 'partial-first')).toEqual([2, 1, 0])
    expect(counts(mara, loose, 'cell')).toEqual([2, 1, 0])
    expect(counts(mara, loose, 'cell-any')).toEqual([2, 1, 1])
  })

  it('read cells at the threshold and none below it', () => {
    const at = (probability: number): Prediction => {
      const whole = predicted(7, spans, [[0, 'founder_of', 1]])
      return { ...whole, cells: whole.cells.map((cell) => ({ ...cell, probability })) }
    }
    expect(counts(mara, at(0.5), 'exact')).toEqual([2, 1, 1])
    expect(counts(mara, at(0.49), 'exact')).toEqual([2, 0, 0])
  })

  it('are zero, not absent, for a sentence that was not read', () => {
    for (const mode of matchModes)
      expect(scoreTriples([mara], [null], mode)).toMatchObject({ gold: 2, precision: 0, recall: 0, f1: 0 })
  })
})

describe('gold', () => {
  it('collapses triples that read the same, but tells their places apart in span and cell mode', () => {
    const twice = labelled(
      'Ada met Ada in Hask',
      [
        [0, 1],
        [2, 3],
        [4, 5],
      ],
      [
        [0, 'in', 2],
        [1, 'in', 2],
        [1, 'in', 2],
      ],
    )
    expect(matchModes.map((mode) => counts(twice, null, mode)[0])).toEqual([1, 1, 1, 2, 2, 2])
  })

  it('keeps triples whose strings do not stand in the sentence, and nothing finds them', () => {
    const lost = labelled(text, spans, [[0, 'founder_of', 1]], [['Mara Velt', 'lives_in', 'Hask']])
    const [oracle] = oraclePredictions([lost], 'last')
    for (const mode of matchModes) expect(counts(lost, oracle ?? null, mode)).toEqual([2, 1, 1])
  })

  it('is never right in the cell modes where a word is paired with itself', () => {
    const own = labelled('Hask leads Hask', [[0, 1]], [[0, 'leads', 0]])
    const [oracle] = oraclePredictions([own], 'last')
    expect(matchModes.map((mode) => counts(own, oracle ?? null, mode))).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
      [1, 1, 0],
    ])
  })

  it('keeps spans apart whose strings hold quotes and brackets', () => {
    const odd = labelled('a "] ["', [
      [0, 1],
      [1, 2],
      [2, 3],
    ])
    const one = { ...odd, triples: [], unanchored: [{ subject: 'a","r', type: 'x', object: 'b' }] }
    const other = { ...one, unanchored: [...one.unanchored, { subject: 'a', type: 'r","x', object: 'b' }] }
    expect(counts(other, null, 'exact')[0]).toBe(2)
  })
})

describe('any prediction', () => {
  const pairs = fc.tuple(separateSentences, separateSentences).map(([gold, other]) => {
    const words = gold.words.length
    const fitting = other.spans.filter(({ end }) => end <= words)
    const triples = other.triples.filter(({ subject, object }) => Math.max(subject.end, object.end) <= words)
    return { gold, prediction: predictionOf(words, fitting, triples) }
  })

  it('scores between 0 and 1 and is never more often right than made or asked for', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(...matchModes), ({ gold, prediction }, mode) => {
        const scores = scoreTriples([gold], [prediction], mode)
        expect(scores.correct).toBeLessThanOrEqual(Math.min(scores.gold, scores.predicted))
        for (const value of [scores.precision, scores.recall, scores.f1]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('turns precision into recall when gold and prediction change places', () => {
    const asGold = (sentence: LabelledSentence, { spans: found, cells }: Prediction): LabelledSentence => {
      const endingAt = (word: number) => found.find(({ end }) => end - 1 === word)
      const triples = cells.flatMap(({ subject, type, object }) => {
        const [s, o] = [endingAt(subject), endingAt(object)]
        return s && o ? [{ subject: s, type, object: o }] : []
      })
      return { ...sentence, spans: found, triples }
    }
    fc.assert(
      fc.property(
        pairs,
        fc.constantFrom<MatchMode>('exact', 'partial', 'partial-first', 'span'),
        ({ gold, prediction }, mode) => {
          const there = scoreTriples([gold], [prediction], mode)
          const swapped = predictionOf(gold.words.length, gold.spans, gold.triples)
          const back = scoreTriples([asGold(gold, prediction)], [swapped], mode)
          expect([back.gold, back.predicted, back.correct]).toEqual([there.predicted, there.gold, there.correct])
        },
      ),
    )
  })

  it('that is perfect scores 1 in every mode but cell, for gold that tags can hold', () => {
    fc.assert(
      fc.property(
        separateSentences.filter(({ triples }) => triples.length > 0),
        fc.constantFrom<'last' | 'first'>('last', 'first'),
        (gold, anchor) => {
          for (const mode of ['exact', 'partial', 'partial-first', 'span'] as const)
            expect([mode, scoreTriples([gold], oraclePredictions([gold], anchor), mode).f1]).toEqual([mode, 1])
        },
      ),
    )
  })
})

it('refuses predictions of other sentences', () => {
  expect(() => scoreTriples([mara], [], 'exact')).toThrow('0 predictions for 1 sentences')
})
