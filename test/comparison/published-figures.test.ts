/** The published figures: every one belongs to a known corpus, match mode and system. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { matchModes } from '#main/evaluation/match-mode'
import { variantGroups } from '#main/runs/variants'

interface PublishedFigures {
  readonly columns: readonly { readonly column: string; readonly corpus: string; readonly match: string }[]
  readonly corpora: Record<string, string>
  readonly systems: readonly {
    readonly system: string
    readonly variant?: string
    readonly f1: Record<string, number>
  }[]
}

const file = new URL('../../resources/published-figures.json', import.meta.url)
const { columns, corpora, systems } = JSON.parse(readFileSync(file, 'utf8')) as PublishedFigures

it('have one column per corpus and match mode', () => {
  const pairs = columns.map(({ corpus, match }) => `${corpus} ${match}`)
  expect(new Set(pairs).size).toBe(columns.length)
  for (const { corpus, match } of columns) {
    expect(Object.keys(corpora)).toContain(corpus)
    expect(matchModes).toContain(match)
  }
})

it('are percentages under a column, in every column at least one', () => {
  const used = systems.flatMap(({ f1 }) => Object.entries(f1))
  for (const [, value] of used) {
    expect(value).toBeGreaterThan(1)
    expect(value).toBeLessThan(100)
  }
  expect(new Set(used.map(([column]) => column))).toEqual(new Set(columns.map(({ column }) => column)))
})

it('hold every joint variant of the paper exactly once', () => {
  expect(systems.flatMap(({ variant }) => variant ?? []).sort()).toEqual(variantGroups.joint.toSorted())
  expect(new Set(systems.map(({ system }) => system)).size).toBe(systems.length)
})
