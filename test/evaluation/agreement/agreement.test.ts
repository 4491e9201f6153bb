/** Agreement of annotators: against published and computed values, and against what follows from the definitions. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import type { AnnotatedItems } from '#main/document/layer-differences'
import { createAgreement, unitsFor, type ComparedSentence } from '#main/evaluation/agreement/agreement'
import type { AgreementReport } from '#main/evaluation/agreement/report'
import { addSpans, f1Of, spanKey } from '#main/evaluation/agreement/span-agreement'
import { addTagPair, addTagUnits, alphaOf, kappaOf, tagKey } from '#main/evaluation/agreement/tag-agreement'
import { createTally, namesUnder, sumsOf } from '#main/evaluation/agreement/tally'

function golden<Content>(name: string): Content {
  const file = new URL(`../../fixtures/golden/statistics/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Content // made by us
}

type Marks = readonly (readonly [start: number, end: number, label: string])[]
type Links = readonly (readonly [subject: number, type: string, object: number])[]

function itemsOf(marks: Marks, links: Links = []): AnnotatedItems {
  const provenance = { origin: 'person', author: 'Ann' } as const
  return {
    spans: marks.map(([start, end, label], at) => ({ id: `s${at}`, start, end, label, provenance })),
    relations: links.map(([subject, type, object], at) => ({
      ...{ id: `r${at}`, subject: `s${subject}`, type, object: `s${object}`, provenance },
    })),
  }
}

type View = { readonly marks: Marks; readonly links?: Links; readonly atMs?: number } | null

function report(sentences: readonly (readonly View[])[], layers = sentences[0]?.length ?? 2): AgreementReport {
  const names = Array.from({ length: layers }, (_, at) => ({ kind: 'annotator', name: `person ${at}` }) as const)
  const size = { sentences: sentences.length, labels: 4 }
  const count = createAgreement(names, size, { seed: 7, draws: 200 })
  for (const [at, views] of sentences.entries())
    count.add({
      ...{ sentenceId: at + 1, text: `sentence ${at}`, words: 10 },
      views: views.map(
        (view) => view && { items: itemsOf(view.marks, view.links), lastMs: view.atMs ?? null },
      ) satisfies ComparedSentence['views'],
    })
  return runSteps(count.steps(names.map(() => sentences.length)))
}

const per = (start: number): [number, number, string] => [start, start + 2, 'PER']

describe('agreement of annotators', () => {
  it('has the F1 of spans of the known answer', () => {
    const { a, b, exact_f1 } = golden<{ readonly a: Marks; readonly b: Marks; readonly exact_f1: number }>('span_f1')
    const tally = createTally(1)
    addSpans(tally, 0, itemsOf(a).spans, itemsOf(b).spans)
    expect(f1Of(sumsOf(tally), namesUnder(tally, spanKey).map(spanKey), 2)).toBe(exact_f1)
  })

  it('has the kappa of the known answer', () => {
    const { a, b, kappa } = golden<{ readonly a: string[]; readonly b: string[]; readonly kappa: number }>('cohen')
    const tally = createTally(1)
    addTagPair(tally, 0, a, b)
    expect(kappaOf(sumsOf(tally), namesUnder(tally, tagKey), null)).toBeCloseTo(kappa, 14)
  })

  it('has the alpha of Krippendorff’s own example of four observers with gaps', () => {
    const { coders, alpha_nominal } = golden<{
      readonly coders: readonly (readonly (number | null)[])[]
      readonly alpha_nominal: number
    }>('krippendorff')
    const tally = createTally(1)
    for (const at of coders[0]?.keys() ?? [])
      addTagUnits(
        tally,
        0,
        coders.flatMap((values) => (values[at] === null || values[at] === undefined ? [] : [[`S-${values[at]}`]])),
      )
    expect(alphaOf(sumsOf(tally), namesUnder(tally, tagKey), null)).toBeCloseTo(alpha_nominal, 14)
  })

  it('computes kappa and alpha of one label with the others taken for O', () => {
    const [first, second] = [
      ['S-PER', 'S-LOC', 'O', 'S-PER', 'O'],
      ['S-PER', 'S-PER', 'O', 'S-LOC', 'O'],
    ]
    const byHand = (tags: readonly string[]) => tags.map((tag) => (tag === 'S-PER' ? 'S-PER' : 'O'))
    const [all, own] = [createTally(1), createTally(1)]
    addTagPair(all, 0, first, second)
    addTagPair(own, 0, byHand(first), byHand(second))
    expect(kappaOf(sumsOf(all), namesUnder(all, tagKey), 'PER')).toBeCloseTo(
      kappaOf(sumsOf(own), ['S-PER'], null) ?? 9,
      14,
    )
    const [several, alone] = [createTally(1), createTally(1)]
    addTagUnits(several, 0, [first, second])
    addTagUnits(alone, 0, [byHand(first), byHand(second)])
    expect(alphaOf(sumsOf(several), [], 'PER')).toBeCloseTo(alphaOf(sumsOf(alone), ['S-PER'], null) ?? 9, 14)
  })

  it('matches no span twice where several overlap', () => {
    const { spans } = report([
      [
        { marks: [[0, 6, 'PER']] },
        {
          marks: [
            [0, 2, 'PER'],
            [4, 6, 'PER'],
            [6, 8, 'PER'],
          ],
        },
      ],
    ]).pairs[0] as AgreementReport['pairs'][number]
    expect([spans.exact.value, spans.overlapping.value, spans.exact.units]).toEqual([0, 0.5, 4])
  })

  it('compares relations between spans that both have, and no others', () => {
    const marks: Marks = [per(0), per(3), per(6)]
    const first = {
      marks,
      links: [
        [0, 'knows', 1],
        [0, 'knows', 2],
      ] as Links,
    }
    const second = {
      marks: marks.slice(0, 2),
      links: [
        [0, 'knows', 1],
        [1, 'likes', 0],
      ] as Links,
    }
    const [pair] = report([[first, second]]).pairs
    expect([pair?.relations.value, pair?.relations.units]).toEqual([2 / 3, 3])
    expect(pair?.relationTypes.map(({ type, relations }) => [type, relations.value])).toEqual([
      ['knows', 1],
      ['likes', 0],
    ])
  })

  it('gives intervals that hold the value and are the same for the same seed', () => {
    const sentences = Array.from({ length: 30 }, (_, at) => [
      { marks: [per(0), per(4)] },
      { marks: at % 3 === 0 ? [per(0)] : [per(0), per(4)] },
    ])
    const [once, twice] = [report(sentences), report(sentences)]
    expect(once).toEqual(twice)
    const { exact } = once.pairs[0]?.spans ?? {}
    expect(exact?.interval?.low).toBeLessThan(exact?.value ?? 0)
    expect(exact?.interval?.high).toBeGreaterThan(exact?.value ?? 1)
    expect(exact?.units).toBe(110)
  })

  it('says why a figure or an interval is missing', () => {
    const nothing = report([[{ marks: [] }, { marks: [] }]])
    expect(nothing.pairs[0]?.spans.exact.missing).toBe('neither has such a span')
    expect(nothing.pairs[0]?.spans.kappa.missing).toContain('the same tag')
    expect(nothing.alpha.missing).toContain('the same tag')
    expect(report([[{ marks: [per(0)] }, null]]).alpha.missing).toBe('no sentence was annotated by two of them')
    expect(report([[{ marks: [per(0)] }, { marks: [per(0)] }]]).pairs[0]?.spans.exact.missing).toContain(
      'two sentences',
    )
    const rare = Array.from({ length: 20 }, (_, at) => [
      { marks: at === 0 ? [per(0)] : [] },
      { marks: at === 0 ? [per(0)] : [] },
    ])
    expect(report(rare).pairs[0]?.labels[0]?.exact).toMatchObject({
      value: 1,
      interval: null,
      missing: expect.stringContaining('too few') as string,
    })
  })

  it('counts what each has done of all, and what two of them have', () => {
    const { layers, shared, pairs } = report([
      [{ marks: [] }, { marks: [] }, null],
      [{ marks: [] }, null, null],
      [null, null, { marks: [] }],
    ])
    expect(layers.map(({ annotated, of }) => [annotated, of])).toEqual([
      [2, 3],
      [1, 3],
      [1, 3],
    ])
    expect([shared, ...pairs.map(({ sentences }) => sentences)]).toEqual([1, 1, 0, 0])
  })

  it('lists the labels that are most confused and the sentences that cost most', () => {
    const { confused, costly } = report([
      [{ marks: [per(0)] }, { marks: [[0, 2, 'ORG']] }],
      [
        { marks: [per(0), per(4)] },
        {
          marks: [
            [0, 2, 'ORG'],
            [4, 6, 'LOC'],
          ],
        },
      ],
      [{ marks: [per(0)] }, { marks: [per(0)] }],
    ])
    expect(confused).toEqual([
      { kind: 'entity', labels: ['ORG', 'PER'], count: 2 },
      { kind: 'entity', labels: ['LOC', 'PER'], count: 1 },
    ])
    expect(costly.map(({ sentenceId, differences }) => [sentenceId, differences])).toEqual([
      [2, 2],
      [1, 1],
    ])
  })

  it('tells agreement by the day on which the later of two worked', () => {
    const [monday, tuesday] = [Date.UTC(2026, 2, 2, 12), Date.UTC(2026, 2, 3, 12)]
    const { days } = report([
      [
        { marks: [per(0)], atMs: monday },
        { marks: [per(0)], atMs: tuesday },
      ],
      [
        { marks: [per(0)], atMs: monday },
        { marks: [], atMs: monday },
      ],
      [{ marks: [per(0)] }, { marks: [], atMs: monday }],
    ])
    expect(days.map(({ day, sentences, exact }) => [day, sentences, exact.value])).toEqual([
      ['2026-03-02', 1, 0],
      ['2026-03-03', 1, 1],
    ])
  })

  it('keeps the counts of a million sentences in groups', () => {
    expect(unitsFor({ sentences: 400, labels: 20 }, 2)).toBe(400)
    const units = unitsFor({ sentences: 1_000_000, labels: 30 }, 6)
    expect(units).toBeGreaterThanOrEqual(1000)
    expect(units * 15 * 30 * 20).toBeLessThan(16_000_000)
  })
})
