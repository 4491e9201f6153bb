/** The types of a run of another corpus in the types of this one. */
import { describe, expect, it } from 'vitest'
import { suggestionsOf } from '#main/document/suggestions'
import { emptyAnnotation } from '#main/document/annotation'
import { leftOutBy, mapPrediction, proposeMapping } from '#main/document/type-mapping'
import type { Prediction } from '#main/document/prediction'

const prediction: Prediction = {
  tags: ['S-PER', 'O', 'S-LOC', 'S-GPE'],
  spans: [
    { start: 0, end: 1, label: 'PER', probability: 0.9 },
    { start: 2, end: 3, label: 'LOC', probability: 0.4 },
    { start: 2, end: 3, label: 'GPE', probability: 0.8 },
  ],
  cells: [
    { subject: 0, type: 'born', object: 2, probability: 0.6 },
    { subject: 0, type: 'died', object: 2, probability: 0.6 },
    { subject: 0, type: 'owns', object: 2, probability: 0.9 },
  ],
  ...{ anchor: 'last', threshold: 0.5, thresholds: { born: 0.5, died: 0.7 }, early: null },
}
const mapping = {
  entities: { PER: 'Person', LOC: 'Place', GPE: 'Place' },
  relations: { born: 'at', died: 'at', owns: null },
}

describe('a mapping of types', () => {
  it('is proposed by names, whatever their case, and leaves out what has no namesake', () => {
    const proposed = proposeMapping(
      { entities: ['PER', 'org'], relations: ['works-for', 'constructor'] },
      { entities: ['ORG', 'per', 'PER'], relations: ['Works For'] },
    )
    expect(proposed).toEqual({
      entities: { PER: 'PER', org: 'ORG' },
      relations: { 'works-for': 'Works For', constructor: null },
    })
    expect(leftOutBy(proposed)).toEqual({ entities: [], relations: ['constructor'] })
  })

  it('suggests in the types of the corpus, once for two types that become one, and nothing of what is left out', () => {
    const mapped = mapPrediction(prediction, mapping)
    expect(mapped.tags).toEqual(['S-Person', 'O', 'S-Place', 'S-Place'])
    expect(suggestionsOf(emptyAnnotation, mapped).map(({ key, probability }) => `${key} ${probability}`)).toEqual([
      '0:1:Person 0.9',
      '2:3:Place 0.8',
      '0:1|at|2:3 0.6',
    ])
  })

  it('keeps to the threshold of each of the types that become one', () => {
    const { cells } = mapPrediction({ ...prediction, thresholds: { born: 0.65, died: 0.7 } }, mapping)
    expect(cells).toEqual([])
  })
})
