/** Over-reliance: agreement with a run where it was shown and where not, and what became of its suggestions. */
import { describe, expect, it } from 'vitest'
import { fewestSentences, overRelianceOf, type ReviewedSentence } from '#main/comparison/over-reliance'
import { emptyAnnotation, spanKey, type AnnotatedSpan, type Annotation } from '#main/document/annotation'
import { predicted } from '../support/labelled-sentences.ts'

const person = { origin: 'person', author: 'Ada' } as const
const run = { origin: 'run', author: 'r1', confidence: 0.9 } as const
const span = (start: number, provenance: AnnotatedSpan['provenance'] = person): AnnotatedSpan => ({
  ...{ id: `s${start}`, start, end: start + 1, label: 'PER', provenance },
})
const withSpans = (...spans: AnnotatedSpan[]): Annotation => ({ ...emptyAnnotation, spans })
const prediction = predicted(3, [[0, 1, 'PER']], [])

const both = predicted(
  3,
  [
    [0, 1, 'PER'],
    [2, 3, 'PER'],
  ],
  [[0, 'met', 1]],
)

/** Whether the annotation has just what the run predicts, or something else. */
const sentence = (isBlind: boolean, agrees: boolean): ReviewedSentence => ({
  ...{ isBlind, prediction, annotation: withSpans(span(agrees ? 0 : 1)) },
})
const many = (isBlind: boolean, right: number, wrong: number): ReviewedSentence[] => [
  ...Array.from({ length: right }, () => sentence(isBlind, true)),
  ...Array.from({ length: wrong }, () => sentence(isBlind, false)),
]

describe('over-reliance', () => {
  it('is the difference of the agreement with and without suggestions, with an interval', () => {
    const { assistedSentences, blindSentences, spans } = overRelianceOf(
      [...many(false, 95, 5), ...many(true, 35, 15)],
      'r1',
      1,
    )
    expect([assistedSentences, blindSentences]).toEqual([100, 50])
    expect(spans.assisted).toBeCloseTo(0.95)
    expect(spans.blind).toBeCloseTo(0.7)
    expect(spans.difference?.value).toBeCloseTo(0.25)
    expect(spans.difference?.low).toBeGreaterThan(0.05)
    expect(spans.difference?.high).toBeLessThan(0.45)
  })

  it('holds 0 where both agree alike', () => {
    const { difference } = overRelianceOf([...many(false, 80, 20), ...many(true, 40, 10)], 'r1', 1).spans
    expect(difference?.low).toBeLessThan(0)
    expect(difference?.high).toBeGreaterThan(0)
  })

  it('tells no difference of too few sentences, and none of what there is not', () => {
    const few = overRelianceOf([...many(false, 80, 20), ...many(true, fewestSentences - 1, 0)], 'r1', 1)
    expect(few.spans).toMatchObject({ assisted: expect.closeTo(0.8), blind: 1, difference: null })
    expect(few.triples).toEqual({ assisted: null, blind: null, difference: null })
    expect(overRelianceOf([], 'r1', 1).spans).toEqual({ assisted: null, blind: null, difference: null })
  })

  it('compares triples by their spans and type', () => {
    const relation = { id: 'r', subject: 's0', type: 'met', object: 's2', provenance: person }
    const right = { ...withSpans(span(0), span(2)), relations: [relation] }
    const turned = { ...right, relations: [{ ...relation, subject: 's2', object: 's0' }] }
    const of = (annotation: Annotation) =>
      overRelianceOf([{ isBlind: false, annotation, prediction: both }], 'r1', 1).triples.assisted
    expect([of(right), of(turned)]).toEqual([1, 0])
  })

  it('counts what was accepted, rejected and left, in assisted sentences alone', () => {
    const refused = { id: 'x', kind: 'span', key: spanKey(span(0)), provenance: person } as const
    const of = (annotation: Annotation, isBlind = false): ReviewedSentence => ({ isBlind, annotation, prediction })
    const { suggestions } = overRelianceOf(
      [
        of(withSpans(span(0, run))),
        of(withSpans(span(0, run))),
        of(withSpans(span(0, { ...run, author: 'another' }))),
        of({ ...emptyAnnotation, rejections: [refused] }),
        of({ ...emptyAnnotation, rejections: [{ ...refused, key: '7:8:PER' }] }),
        of(emptyAnnotation, true),
      ],
      'r1',
      1,
    )
    expect(suggestions).toEqual({ accepted: 2, rejected: 1, left: 1 })
  })

  it('counts what a run that knows no entities suggested between annotated spans', () => {
    const relationsAlone = { ...both, tags: ['O', 'O', 'O'], spans: [] }
    const annotated = withSpans(span(0), span(2))
    const refused = { id: 'x', kind: 'relation', key: '0:1|met|2:3', provenance: person } as const
    const { suggestions } = overRelianceOf(
      [annotated, { ...annotated, rejections: [refused] }].map((annotation) => ({
        ...{ isBlind: false, annotation, prediction: relationsAlone },
      })),
      'r1',
      1,
    )
    expect(suggestions).toEqual({ accepted: 0, rejected: 1, left: 1 })
  })
})
