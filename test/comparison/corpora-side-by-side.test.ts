/** Two corpora side by side: figures with differences, shares, and labels that only one of them has. */
import { describe, expect, it } from 'vitest'
import { compareClasses, compareCounts, compareSplits } from '#main/comparison/corpora-side-by-side'
import type { SplitStatistics } from '#main/evaluation/corpus-statistics'

const split = (part: Partial<SplitStatistics>): SplitStatistics => ({
  ...{ split: 'train', sentences: 4, tokens: 40, tokensWithPos: 0, uniqueTriples: 5, relationTypes: 2, spans: 8 },
  ...{ multiTokenSpans: 2, ambiguousAnchors: 0, unanchored: 0, tripleCounts: [] },
  classes: {
    list: { Normal: 1, SEO: 2, EPO: 1, SOO: 0, normalWithoutSoo: 1 },
    set: { Normal: 2, SEO: 2, EPO: 0, SOO: 0, normalWithoutSoo: 2 },
  },
  lengths: { min: 3, median: 8, p95: 20, max: 21 },
  ...part,
})

describe('two splits side by side', () => {
  it('have each figure of both and the second less the first', () => {
    const figures = compareSplits(split({}), split({ sentences: 10, spans: 4, multiTokenSpans: 2 }))
    const of = (label: string) => figures.find((figure) => figure.label === label)
    expect(of('Sentences')).toMatchObject({ unit: 'count', values: [4, 10], difference: 6 })
    expect(of('Spans of several tokens')).toMatchObject({ unit: 'share', values: [0.25, 0.5], difference: 0.25 })
    expect(of('EPO, as listed')).toMatchObject({ values: [1, 1], difference: 0 })
    expect(of('EPO, each triple once')).toMatchObject({ values: [0, 0] })
    expect(of('Normal, as listed, of all sentences')).toMatchObject({ values: [0.25, 0.1] })
    expect(of('Median length')).toMatchObject({ values: [8, 8] })
  })

  it('have no difference where a share is one of nothing', () => {
    const figures = compareSplits(split({}), split({ spans: 0, multiTokenSpans: 0 }))
    expect(figures.find(({ label }) => label === 'Spans of several tokens')).toMatchObject({
      ...{ values: [0.25, null], difference: null },
    })
  })

  it('have overlap classes as shares of their sentences, by either counting', () => {
    const [one, other] = [split({}), split({ sentences: 2 })]
    expect(compareClasses(one, other, 'list')[0]).toMatchObject({
      label: 'Normal',
      counts: [1, 1],
      shares: [0.25, 0.5],
    })
    expect(compareClasses(one, other, 'set')[0]).toMatchObject({ counts: [2, 2], shares: [0.5, 1] })
  })
})

describe('counts side by side', () => {
  it('name what only one of them has, the largest share first', () => {
    const first = [{ label: 'a', count: 6 }, { label: 'b', count: 2 }, { label: 'none', count: 0 }] // prettier-ignore
    const second = [{ label: 'c', count: 9 }, { label: 'a', count: 1 }] // prettier-ignore
    expect(compareCounts(first, second)).toEqual([
      { label: 'c', counts: [0, 9], shares: [0, 0.9], only: 1 },
      { label: 'a', counts: [6, 1], shares: [0.75, 0.1], only: null },
      { label: 'b', counts: [2, 0], shares: [0.25, 0], only: 0 },
    ])
  })

  it('are none of nothing', () => {
    expect(compareCounts([], [])).toEqual([])
    expect(compareCounts([{ label: 'a', count: 1 }], [])).toMatchObject([{ shares: [1, 0], only: 0 }])
  })
})
