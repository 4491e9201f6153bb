/** The oracle: what perfect tags and cells decode to, and what the scheme therefore cannot hold. */
import { expect, it } from 'vitest'
import { scoreTriples } from '#main/evaluation/match'
import { oraclePredictions } from '#main/evaluation/oracle'
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
