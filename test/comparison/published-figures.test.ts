/** Published figures: each is complete, and stands beside a row only where build, match mode and encoder are the same. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  buildsOf,
  describePublished,
  publishedOf,
  publishedOfBuild,
  type PublishedFigures,
} from '#main/comparison/published'
import { variantGroups } from '#main/runs/variants'
import { configOf } from '../support/compared-runs.ts'

const file = new URL('../../resources/published-figures.json', import.meta.url)
const figures = JSON.parse(readFileSync(file, 'utf8')) as PublishedFigures
const glove = { file: 'glove.txt', sha256: 'a'.repeat(64) }
const ofRow = (variant: Parameters<typeof configOf>[0], build: string | null, match: 'exact' | 'partial' | 'cell') =>
  publishedOf(figures, { ...configOf(variant, 1), vectors: glove as never }, { build, match })

describe('published figures', () => {
  it('are percentages with encoder, build, match mode and source, and none stands twice', () => {
    for (const { f1, p = 50, r = 50, encoder, source, match } of figures.rows) {
      for (const value of [f1, p, r]) expect(value > 1 && value < 100).toBe(true)
      expect([encoder === '', source === '', ['exact', 'partial'].includes(match)]).toEqual([false, false, true])
    }
    const keys = figures.rows.map(({ system, encoder, build, match }) => [system, encoder, build, match].join())
    expect(new Set(keys).size).toBe(keys.length)
    expect(buildsOf(figures)).toContain('WebNLG (b)')
  })

  it('stand beside every joint variant of the paper', () => {
    for (const variant of variantGroups.joint) expect(ofRow(variant, 'NYT', 'exact')).toMatchObject({ why: null })
  })

  it('are compared in the same build, match mode and encoder alone', () => {
    expect(ofRow('pmei', 'WebNLG*', 'partial')).toMatchObject({ row: { f1: 88.1, encoder: 'GloVe' }, why: null })
    expect(ofRow('pmei', 'WebNLG (a)', 'cell')).toMatchObject({ row: { f1: 78.2 }, why: null })
    expect(ofRow('mtl-sm', 'WebNLG*', 'partial')?.why).toBe(
      'Not comparable: it is of NYT, not WebNLG* and it is in exact match mode, not partial.',
    )
    expect(ofRow('pmei', null, 'partial')?.why).toContain('it is of the build NYT*')
    const bare = publishedOf(figures, configOf('pmei', 1), { build: 'WebNLG*', match: 'partial' })
    expect(bare?.why).toContain('not an LSTM without word vectors')
    expect(publishedOf(figures, configOf('entity-a', 1), { build: 'NYT', match: 'exact' })).toBeNull()
  })

  it('are listed for a build, those of the match mode first and the highest first', () => {
    const listed = publishedOfBuild(figures, { build: 'WebNLG*', match: 'partial' })
    expect(listed[0]).toMatchObject({ row: { system: 'IPED', f1: 95.5 }, why: null })
    expect(listed.every(({ row }) => row.build === 'WebNLG*')).toBe(true)
    expect(publishedOfBuild(figures, { build: 'WebNLG*', match: 'exact' })[0]?.why).toContain('partial match mode')
  })

  it('say how they came about', () => {
    const row = figures.rows.find(({ system, build }) => system === 'PRGC' && build === 'NYT*')
    expect(row && describePublished(row)).toBe(
      'PRGC, BERT-base, selection not stated; IPED paper, NAACL 2024, Table 1, which copies it',
    )
  })
})
