/** What is suggested: the prediction less gold, less what was refused. */
import { describe, expect, it } from 'vitest'
import { emptyAnnotation, relationKey, spanKey, type Annotation } from '#main/document/annotation'
import type { Prediction } from '#main/document/prediction'
import { goldSpanFor, leastCertain, suggestionsOf } from '#main/document/suggestions'

const provenance = { origin: 'person', author: 'Ada' } as const
const prediction: Prediction = {
  anchor: 'last',
  threshold: 0.5,
  early: null,
  tags: ['B', 'E', 'O', 'B', 'E', 'O', 'S', 'O'],
  spans: [
    { start: 0, end: 2, label: 'PERSON', probability: 0.97 },
    { start: 3, end: 5, label: 'ORGANISATION', probability: 0.9 },
    { start: 6, end: 7, label: 'PLACE', probability: 0.81 },
  ],
  cells: [
    { subject: 1, type: 'founder_of', object: 4, probability: 0.95 },
    { subject: 4, type: 'based_in', object: 6, probability: 0.64 },
    { subject: 1, type: 'lives_in', object: 6, probability: 0.2 },
  ],
}
const keysOf = (annotation: Annotation) => suggestionsOf(annotation, prediction).map(({ key }) => key)

describe('suggestions', () => {
  it('suggests nothing without a prediction', () => expect(suggestionsOf(emptyAnnotation, null)).toEqual([]))

  it('suggests every span, and every relation at or above the threshold, most probable first', () => {
    expect(keysOf(emptyAnnotation)).toEqual([
      '0:2:PERSON',
      '0:2|founder_of|3:5',
      '3:5:ORGANISATION',
      '6:7:PLACE',
      '3:5|based_in|6:7',
    ])
  })

  it('leaves out what is gold, also when gold has other bounds for the same mention', () => {
    const gold: Annotation = {
      ...emptyAnnotation,
      spans: [
        { id: 'm', start: 0, end: 2, label: 'PERSON', provenance },
        { id: 'o', start: 3, end: 6, label: 'ORGANISATION', provenance },
      ],
      relations: [{ id: 'r', subject: 'm', object: 'o', type: 'founder_of', provenance }],
    }
    expect(keysOf(gold)).toEqual(['3:5:ORGANISATION', '6:7:PLACE', '3:5|based_in|6:7'])
  })

  it('leaves out what was refused, and a relation whose span was refused', () => {
    const refuse = (kind: 'span' | 'relation', key: string) => ({ id: key, kind, key, provenance })
    const place = refuse('span', spanKey({ start: 6, end: 7, label: 'PLACE' }))
    expect(keysOf({ ...emptyAnnotation, rejections: [place] })).toEqual([
      '0:2:PERSON',
      '0:2|founder_of|3:5',
      '3:5:ORGANISATION',
    ])
    const based = refuse('relation', relationKey({ start: 3, end: 5 }, 'based_in', { start: 6, end: 7 }))
    expect(keysOf({ ...emptyAnnotation, rejections: [based] })).not.toContain(based.key)
  })

  it('suggests relations of a run that knows no entities between the spans that are annotated', () => {
    const relationsAlone: Prediction = { ...prediction, tags: prediction.tags.map(() => 'O'), spans: [] }
    const person = { id: 'm', start: 0, end: 2, label: 'PERSON', provenance }
    const inner = { id: 'i', start: 4, end: 5, label: 'ORGANISATION', provenance }
    const labs = { id: 'o', start: 3, end: 5, label: 'ORGANISATION', provenance }
    const of = (annotation: Annotation) => suggestionsOf(annotation, relationsAlone).map(({ key }) => key)
    expect(of(emptyAnnotation)).toEqual([])
    expect(of({ ...emptyAnnotation, spans: [person] })).toEqual([])
    const both = { ...emptyAnnotation, spans: [person, labs, inner] }
    expect(of(both)).toEqual(['0:2|founder_of|3:5'])
    const relations = [{ id: 'r', subject: 'm', object: 'o', type: 'founder_of', provenance }]
    expect(of({ ...both, relations })).toEqual([])
    const key = relationKey(person, 'founder_of', labs)
    expect(of({ ...both, rejections: [{ id: 'x', kind: 'relation', key, provenance }] })).toEqual([])
  })

  it('leaves words to the span that the run finds on them, else takes the annotated one', () => {
    const [founder, , place] = prediction.spans
    const half: Prediction = { ...prediction, spans: [founder, place].filter((span) => span !== undefined) }
    const spans = [
      { id: 'm', start: 1, end: 2, label: 'PERSON', provenance },
      { id: 'o', start: 3, end: 5, label: 'ORGANISATION', provenance },
    ]
    expect(suggestionsOf({ ...emptyAnnotation, spans }, half).map(({ key }) => key)).toEqual([
      '0:2:PERSON',
      '0:2|founder_of|3:5',
      '6:7:PLACE',
      '3:5|based_in|6:7',
    ])
  })

  it('finds the gold span of a prediction by range, else by the only overlap', () => {
    const spans = [
      { id: 'a', start: 0, end: 2, label: 'X', provenance },
      { id: 'b', start: 3, end: 6, label: 'X', provenance },
    ]
    expect(goldSpanFor(spans, { start: 0, end: 2, label: 'Y' })?.id).toBe('a')
    expect(goldSpanFor(spans, { start: 4, end: 8, label: 'Y' })?.id).toBe('b')
    expect(goldSpanFor(spans, { start: 1, end: 4, label: 'Y' })).toBeUndefined()
  })

  it('names the least certain one', () => {
    expect(leastCertain(suggestionsOf(emptyAnnotation, prediction))?.key).toBe('3:5|based_in|6:7')
    expect(leastCertain([])).toBeUndefined()
  })
})
