/** What the rule against circles of imports rests on. */
import { expect, it } from 'vitest'
import { circlesIn } from './circles.ts'

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges))

it('finds every circle, however long, and nothing where all ways end', () => {
  expect(circlesIn(graph({ a: ['b', 'c'], b: ['c', 'd'], c: ['d'], d: [] }))).toEqual([])
  expect(circlesIn(graph({ a: ['b'], b: ['c'], c: ['d', 'a'], d: ['e'], e: ['f'], f: ['e', 'a2'] }))).toEqual([
    ['e', 'f'],
    ['a', 'b', 'c'],
  ])
  expect(circlesIn(graph({ a: ['a'] }))).toEqual([['a']])
})

it('joins circles that share a node, and is not led away by a way that comes back late', () => {
  expect(circlesIn(graph({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['b'], x: ['a'] }))).toEqual([['a', 'b', 'c', 'd']])
})
