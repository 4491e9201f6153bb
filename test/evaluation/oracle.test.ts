/** The oracle: what perfect tags and cells decode to, and what the scheme therefore cannot hold. */
import { expect, it } from 'vitest'
import { scoreTriples } from '#main/evaluation/match'
import { oraclePredictions } from '#main/evaluation/oracle'
import { wholePredictions, type WholeOracle } from '#main/evaluation/whole-oracles'
import { labelled } from '../support/labelled-sentences.ts'

it('loses what overlapping spans cannot hold in one layer of tags', () => {
  const nested = labelled(
    'University of Tarnow hired Mara',
    [
      [0, 3],
      [2, 3],
      [4, 5],
    ],
    [
      [0, 'hired', 2],
      [1, 'home_of', 2],
    ],
  )
  const exact = scoreTriples([nested], oraclePredictions([nested], 'last'), 'exact')
  expect([exact.gold, exact.correct]).toEqual([2, 1])
})

it('writes tags with types where there is more than one type in the split, and labels spans either way', () => {
  const typed = labelled('Mara left', [[0, 1, 'PER']])
  const other = labelled('Hask won', [[0, 1, 'LOC']])
  const [alone] = oraclePredictions([typed], 'last')
  const [together] = oraclePredictions([typed, other], 'last')
  expect([alone?.tags, together?.tags]).toEqual([
    ['S', 'O'],
    ['S-PER', 'O'],
  ])
  expect([alone?.spans[0]?.label, together?.spans[0]?.label]).toEqual(['PER', 'PER'])
})

it('says nothing of a sentence without gold', () => {
  expect(oraclePredictions([labelled('nothing here')], 'first')).toMatchObject([
    { tags: ['O', 'O'], spans: [], cells: [] },
  ])
})

it('enters each cell once', () => {
  const twice = labelled(
    'a b',
    [
      [0, 1],
      [1, 2],
    ],
    [
      [0, 'r', 1],
      [0, 'r', 1],
      [0, 's', 1],
    ],
  )
  expect(oraclePredictions([twice], 'last')[0]?.cells).toHaveLength(2)
})

it('is that of each family: the grid holds nested spans, CasRel loses a longer one that begins where a shorter does', () => {
  const nested = labelled(
    'New York University of Tarnow hired Mara',
    [
      [0, 2, 'LOC'],
      [0, 5, 'ORG'],
      [4, 5, 'LOC'],
      [6, 7, 'PER'],
    ],
    [
      [0, 'home_of', 3],
      [1, 'hired', 3],
      [2, 'near', 3],
    ],
  )
  const found = (family: WholeOracle) => scoreTriples([nested], wholePredictions([nested], 'last', family), 'exact')
  expect(scoreTriples([nested], oraclePredictions([nested], 'last'), 'exact').correct).toBe(1)
  expect(found('grid')).toMatchObject({ gold: 3, predicted: 3, correct: 3 })
  expect(found('casrel')).toMatchObject({ gold: 3, predicted: 2, correct: 2 })
})

it('of the grid takes two spans for a triple that two other triples link between them', () => {
  const crossed = labelled(
    'a b c d',
    [
      [0, 1],
      [2, 3],
      [1, 2],
      [3, 4],
      [0, 2],
      [2, 4],
    ],
    [
      [0, 'r', 1],
      [2, 'r', 3],
    ],
  )
  expect(scoreTriples([crossed], wholePredictions([crossed], 'last', 'grid'), 'exact')).toMatchObject({
    ...{ gold: 2, predicted: 3, correct: 2 },
  })
})
