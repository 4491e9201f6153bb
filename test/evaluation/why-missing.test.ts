/** Why a triple is not extracted: the link that broke is named. */
import { describe, expect, it } from 'vitest'
import type { Prediction } from '#main/document/prediction'
import { explainMissing } from '#main/evaluation/why-missing'
import { predicted } from '../support/labelled-sentences.ts'

const words = 'Mara Velt founded Orbisk Labs in Tarnow'.split(' ')
const labels = { entityTypes: [{ name: 'PER' }, { name: 'ORG' }], relationTypes: [{ name: 'founded' }], signatures: [] }
const triple = {
  subject: { start: 0, end: 2, label: 'PER' },
  type: 'founded',
  object: { start: 3, end: 5, label: 'ORG' },
}
const whole = predicted(
  7,
  [
    [0, 2, 'PER'],
    [3, 5, 'ORG'],
  ],
  [[0, 'founded', 1]],
)
const broken = (prediction: Prediction, of = triple) =>
  explainMissing(prediction, of, words, labels).flatMap(({ isHeld, message }) => (isHeld ? [] : [message]))

describe('why a triple is not extracted', () => {
  it('names no broken link where it is', () => {
    expect(broken(whole)).toEqual([])
  })

  it('names tags that are absent, and what the first pass had found', () => {
    const none = { ...whole, tags: words.map(() => 'O'), spans: whole.spans.slice(0, 1) }
    expect(broken(none)).toEqual(['tags: Orbisk Labs is tagged O O'])
    expect(broken({ ...none, early: whole })[0]).toContain('the first pass had found it')
  })

  it('names wrong bounds and wrong types', () => {
    const short = { ...whole, spans: [whole.spans[0]!, { start: 4, end: 5, label: 'ORG', probability: 0.6 }] }
    expect(broken(short)).toEqual([
      'bounds: Labs is found in place of Orbisk Labs',
      'anchor: Labs has the same last word',
    ])
    const other = { ...whole, spans: whole.spans.map((span) => ({ ...span, label: 'PER' })) }
    expect(broken(other)).toEqual(['Orbisk Labs is found as PER, not as ORG'])
  })

  it('names the cell with its value, beside that of the first pass', () => {
    const weak = { ...whole, cells: whole.cells.map((cell) => ({ ...cell, probability: 0.31 })) }
    expect(broken(weak)).toEqual(['founded has 0.31 of the 0.50 that are needed'])
    expect(broken({ ...weak, thresholds: { founded: 0.3 } })).toEqual([])
    const faded = { ...whole, cells: [], early: whole }
    expect(broken(faded)).toEqual(['founded has below 0.05 of the 0.50 that are needed; the first pass gave 0.90'])
  })

  it('speaks of spans and triples, not of tags, anchors or cells, where a family finds triples whole', () => {
    const found = { ...whole, triples: [{ ...triple, probability: 0.9 }], cells: [] }
    expect(broken(found)).toEqual([])
    expect(broken({ ...found, triples: [{ ...triple, probability: 0.31 }] })).toEqual([
      'founded between these two has 0.31 of the 0.50 that are needed',
    ])
    const short = [whole.spans[0]!, { start: 4, end: 5, label: 'ORG', probability: 0.6 }]
    expect(broken({ ...found, spans: short, triples: [] })).toEqual([
      'Orbisk Labs is not found, but Labs is',
      'founded between these two has below 0.05 of the 0.50 that are needed',
    ])
  })

  it('names a relation type that the label set does not have', () => {
    expect(broken(whole, { ...triple, type: 'left' })[0]).toBe('the label set has no left')
  })
})
