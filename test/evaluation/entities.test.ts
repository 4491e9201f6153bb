/** Scores of spans, by offsets and type. */
import { expect, it } from 'vitest'
import { scoreEntities } from '#main/evaluation/entities'
import { labelled, predicted } from '../support/labelled-sentences.ts'

const sentence = labelled(
  'Mara Velt founded Orbisk Labs in Tarnow',
  [
    [0, 2, 'PER'],
    [3, 5, 'ORG'],
    [6, 7, 'LOC'],
  ],
  [[0, 'founder_of', 1]],
)

it('count a span as right only with both bounds and the type', () => {
  const { all } = scoreEntities(
    [sentence],
    [
      predicted(
        7,
        [
          [1, 2, 'PER'],
          [3, 5, 'LOC'],
          [6, 7, 'LOC'],
        ],
        [],
      ),
    ],
  )
  expect([all.gold, all.predicted, all.correct]).toEqual([3, 3, 1])
})

it('are taken once more over the spans that take part in triples', () => {
  const found = predicted(
    7,
    [
      [0, 2, 'PER'],
      [3, 5, 'ORG'],
      [6, 7, 'LOC'],
    ],
    [
      [0, 'founder_of', 1],
      [0, 'lives_in', 2],
    ],
  )
  const { all, inTriples } = scoreEntities([sentence], [found])
  expect([all.gold, all.predicted, all.correct]).toEqual([3, 3, 3])
  expect([inTriples.gold, inTriples.predicted, inTriples.correct]).toEqual([2, 3, 2])
})

it('count the gold of sentences that were not read', () => {
  const { all, inTriples } = scoreEntities([sentence, sentence], [null, null])
  expect([all.gold, all.predicted, all.f1]).toEqual([6, 0, 0])
  expect([inTriples.gold, inTriples.predicted, inTriples.f1]).toEqual([4, 0, 0])
})

it('never count a span twice that stands in two triples', () => {
  const twice = { ...sentence, triples: [...sentence.triples, ...sentence.triples] }
  expect(scoreEntities([twice], [null]).inTriples.gold).toBe(2)
})
