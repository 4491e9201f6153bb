/** The sentence diff: every sentence is of one kind, and filters find what they name. */
import { describe, expect, it } from 'vitest'
import { filterDiff } from '#main/comparison/filter-diff'
import { countKinds, diffSentences, type DiffEntry } from '#main/comparison/sentence-diff'
import { runSteps } from '#main/core/steps'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { cellsOfSentences } from '#main/evaluation/breakdowns'
import { labelled, predicted } from '../support/labelled-sentences.ts'

const spans = [
  [0, 1, 'PER'],
  [2, 3, 'ORG'],
] as const
const right = predicted(3, spans, [[0, 'led', 1]])
const turned = predicted(3, spans, [[1, 'led', 0]])
const none = predicted(3, spans, [])
const sentence = (text: string, sentenceId: number): LabelledSentence => ({
  ...labelled(text, spans, [[0, 'led', 1]]),
  sentenceId,
})
const sentences = ['Ada led Hask', 'Ben led Lorn', 'Cem led Dorn', 'Dia led Esk', 'Eva led Fink'].map((text, at) =>
  sentence(text, at + 1),
)
const pairs: readonly (readonly [Prediction | null, Prediction | null])[] = [
  ...[[none, right] as const, [right, turned] as const, [turned, null] as const],
  ...[[none, none] as const, [right, right] as const],
]

function diff(): DiffEntry[] {
  const [first, second] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)]
  const cellsOf = cellsOfSentences(sentences, [{ subject: 'Ada', type: 'led', object: 'Hask' }], 'exact')
  const steps = diffSentences({ sentences, marked: new Set([2]), first, second, cellsOf }, 'exact')
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

describe('the diff of two rows', () => {
  it('tells what is fixed, broken, wrong differently, wrong alike and right in both', () => {
    expect(diff().map(({ kind }) => kind)).toEqual([
      ...['fixed', 'broken', 'wrong differently', 'wrong alike', 'both right'],
    ])
    expect(countKinds(diff())).toMatchObject({ fixed: 1, broken: 1, 'both right': 1 })
  })

  it('lists gold and predicted triples with how probable each finds them', () => {
    const [fixed, broken] = diff()
    expect(fixed?.triples()).toEqual([
      {
        subject: 'Ada',
        type: 'led',
        object: 'Hask',
        ends: { subject: { start: 0, end: 1 }, object: { start: 2, end: 3 } },
        isGold: true,
        first: null,
        second: 0.9,
        firstEarly: null,
        secondEarly: null,
      },
    ])
    expect(broken?.triples()).toEqual([
      {
        subject: 'Ben',
        type: 'led',
        object: 'Lorn',
        ends: { subject: { start: 0, end: 1 }, object: { start: 2, end: 3 } },
        isGold: true,
        first: 0.9,
        second: null,
        firstEarly: null,
        secondEarly: null,
      },
      {
        subject: 'Lorn',
        type: 'led',
        object: 'Ben',
        ends: { subject: { start: 2, end: 3 }, object: { start: 0, end: 1 } },
        isGold: false,
        first: null,
        second: 0.9,
        firstEarly: null,
        secondEarly: null,
      },
    ])
  })

  it('is filtered by kind, relation type, row of a breakdown, and text', () => {
    const idsOf = (filter: Parameters<typeof filterDiff>[1]) =>
      filterDiff(diff(), filter).map(({ sentenceId }) => sentenceId)
    expect(idsOf({})).toEqual([1, 2, 3, 4, 5])
    expect(idsOf({ kind: 'broken' })).toEqual([2])
    expect([idsOf({ type: 'led' }).length, idsOf({ type: 'left' })]).toEqual([5, []])
    expect(idsOf({ cell: { breakdown: 'novelty', label: 'seen' } })).toEqual([1])
    expect(idsOf({ search: ' LORN' })).toEqual([2])
    expect(idsOf({ isMarked: true })).toEqual([2])
    expect(idsOf({ search: 'lorn', kind: 'fixed' })).toEqual([])
  })

  it('knows no place of a gold triple whose strings do not stand in the sentence', () => {
    const lost = labelled('Ada led', [], [], [['Ada', 'led', 'Hask']])
    const compared = { sentences: [lost], marked: new Set<number>(), first: [null], second: [null] }
    const [entry] = runSteps(diffSentences({ ...compared, cellsOf: () => [] }, 'exact'))
    expect(entry?.triples()).toMatchObject([{ subject: 'Ada', isGold: true, ends: null }])
  })

  it('tells what the early pass finds, and which sentences lose a gold triple on the way', () => {
    const early = { tags: right.tags, spans: right.spans, cells: right.cells }
    const [first, second] = [
      [
        { ...none, early },
        { ...right, early },
      ],
      [none, right],
    ]
    const two = sentences.slice(0, 2)
    const cellsOf = cellsOfSentences(two, [], 'exact')
    const entries = runSteps(diffSentences({ sentences: two, marked: new Set(), first, second, cellsOf }, 'exact'))
    expect(entries[0]?.triples()[0]).toMatchObject({ first: null, firstEarly: 0.9, secondEarly: null })
    expect(filterDiff(entries, { isLost: true }).map(({ sentenceId }) => sentenceId)).toEqual([1])
  })
})
