/** Relation types without a direction: gold and predictions are scored in both directions as one. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation } from '#main/document/annotation'
import { addRelation, reverseRelation } from '#main/document/edit-relations'
import { goldDifference } from '#main/document/gold-difference'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { orderTexts, orderTriples } from '#main/document/symmetric'
import { suggestionsOf } from '#main/document/suggestions'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes } from '#main/evaluation/match-mode'
import { goldTextTriples } from '#main/evaluation/match-items'
import { tripleGuesses } from '#main/evaluation/triple-guesses'
import { orderRelations } from '#main/corpora/shared/order-relations'

const words = ['Zoe', 'and', 'Ada', 'met', 'Ben']
const at = (start: number) => ({ start, end: start + 1, label: 'PER' })
const symmetric = ['met']
const sentence = (triples: LabelledSentence['triples'], types: readonly string[] = symmetric): LabelledSentence => ({
  ...{ sentenceId: 1, words, spans: [at(0), at(2), at(4)], unanchored: [] },
  triples: orderTriples(triples, types),
  ...(types.length > 0 && { symmetric: types }),
})
const met = (subject: number, object: number) => ({ subject: at(subject), type: 'met', object: at(object) })
const predicted = (...pairs: readonly (readonly [number, number, number])[]): Prediction => ({
  tags: ['S-PER', 'O', 'S-PER', 'O', 'S-PER'],
  spans: [0, 2, 4].map((start) => ({ ...at(start), probability: 1 })),
  cells: pairs.map(([subject, object, probability]) => ({ subject, type: 'met', object, probability })),
  ...{ anchor: 'last', threshold: 0.5, early: null },
})

describe('scores', () => {
  it.each(matchModes)('count both directions as one right triple in mode %s', (mode) => {
    const gold = sentence([met(4, 2), met(2, 4)])
    const both = scoreTriples([gold], [predicted([4, 2, 0.9], [2, 4, 0.6])], mode)
    expect([both.gold, both.predicted, both.correct]).toEqual([1, 1, 1])
    const turned = scoreTriples([gold], [predicted([4, 2, 0.9])], mode)
    expect([turned.gold, turned.predicted, turned.correct]).toEqual([1, 1, 1])
  })

  it('keep directions apart where the type has one', () => {
    const directed = scoreTriples([sentence([met(4, 2)], [])], [predicted([2, 4, 0.9])], 'exact')
    expect([directed.gold, directed.predicted, directed.correct]).toEqual([1, 1, 0])
  })

  it('take the more probable direction of a guess', () => {
    const guesses = tripleGuesses([sentence([met(2, 4)])], [predicted([4, 2, 0.3], [2, 4, 0.2])], 'exact')
    expect(guesses).toEqual([{ relation: 'met', probability: 0.3, isRight: true, sentence: 0 }])
  })
})

it('remembers strings of a symmetric triple in one order, wherever its mentions stand', () => {
  expect(goldTextTriples(sentence([met(0, 2)]))).toEqual([{ subject: 'Ada', type: 'met', object: 'Zoe' }])
  const texts = [
    { subject: 'b', type: 'met', object: 'a' },
    { subject: 'a', type: 'met', object: 'b' },
  ]
  expect(orderTexts(texts, symmetric)).toEqual([texts[1]])
  expect(orderTexts(texts, [])).toEqual(texts)
})

const provenance = { origin: 'person', author: 'Ada' } as const
const spans = [0, 2, 4].map((start) => ({ ...at(start), id: `s${start}`, provenance }))
const annotation = { ...emptyAnnotation, spans }
const context = { author: 'Ada', words, newId: () => 'new', symmetric }

describe('annotating', () => {
  it('stores the earlier mention first and refuses the other direction of what is there', () => {
    const { changes } = addRelation(annotation, 's4', 'met', 's2', context)
    expect(changes[0]?.after).toMatchObject({ subject: 's2', object: 's4' })
    const relations = [{ id: 'r', subject: 's2', type: 'met', object: 's4', provenance }]
    const drawn = { ...annotation, relations }
    expect(addRelation(drawn, 's4', 'met', 's2', context)).toEqual({
      changes: [],
      description: 'Relation met is already there, Ada to Ben',
    })
    expect(reverseRelation(drawn, 'r', context)).toEqual({
      changes: [],
      description: 'met is symmetric: it has no direction to reverse',
    })
    expect(addRelation(drawn, 's4', 'met', 's2', { ...context, symmetric: [] }).changes).toHaveLength(1)
  })

  it('suggests nothing that stands there in the other direction, and sees no difference in it', () => {
    const relations = [{ id: 'r', subject: 's4', type: 'met', object: 's2', provenance }]
    const drawn = { ...annotation, relations }
    const prediction = { ...predicted([2, 4, 0.9]), symmetric }
    expect(suggestionsOf(drawn, prediction)).toEqual([])
    expect(goldDifference(drawn, 0, prediction)).toBe(0)
    expect(goldDifference(drawn, 0, predicted([2, 4, 0.9]))).toBe(2)
  })
})

it('takes a relation that a file states in both directions once, and counts it', () => {
  let repeats = 0
  const relation = (id: string, subject: string, object: string) => ({ id, subject, type: 'met', object, provenance })
  const said = { ...annotation, unanchored: [], ambiguousAnchors: 0, repeatedTriples: 0, history: [] }
  const doc = {
    ...{ id: 'd', text: '', tokens: [], sentences: [] },
    annotations: [
      { ...said, relations: [relation('a', 's4', 's2'), relation('b', 's2', 's4'), relation('c', 's0', 's2')] },
    ],
  }
  const ordered = orderRelations(doc, symmetric, () => repeats++)
  expect(ordered.annotations[0]?.relations.map(({ id, subject, object }) => [id, subject, object])).toEqual([
    ['a', 's2', 's4'],
    ['c', 's0', 's2'],
  ])
  expect(repeats).toBe(1)
  expect(orderRelations(doc, [], () => repeats++)).toBe(doc)
})
