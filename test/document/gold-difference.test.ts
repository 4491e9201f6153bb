/** How gold differs from a prediction: counted by offsets and relation type, as the exact match mode does. */
import { describe, expect, it } from 'vitest'
import { goldDifference, leastConfidence } from '#main/document/gold-difference'
import type { AnnotatedRelation, AnnotatedSpan } from '#main/document/annotation'
import { predicted } from '../support/labelled-sentences.ts'

const provenance = { origin: 'import', author: 'a.json' } as const
const spans: readonly AnnotatedSpan[] = [0, 2, 4].map((start) => ({
  ...{ id: `s${start}`, start, end: start + 1, label: 'entity', provenance },
}))
const relation = (subject: string, type: string, object: string): AnnotatedRelation => ({
  ...{ id: `${subject}${type}${object}`, subject, type, object, provenance },
})
const found = predicted(5, [[0, 1], [2, 3], [4, 5]], [[0, 'knows', 1]]) // prettier-ignore

describe('the difference of gold from a prediction', () => {
  it('is none where both hold the same triples, whatever further spans there are', () => {
    expect(goldDifference({ spans: spans.slice(0, 2), relations: [relation('s0', 'knows', 's2')] }, 0, found)).toBe(0)
  })

  it('counts each triple that only one of them holds', () => {
    expect(goldDifference({ spans, relations: [] }, 0, found)).toBe(1)
    expect(goldDifference({ spans, relations: [relation('s0', 'knows', 's4')] }, 0, found)).toBe(2)
    expect(goldDifference({ spans, relations: [relation('s2', 'knows', 's0')] }, 0, found)).toBe(2)
  })

  it('counts a triple once that is annotated twice', () => {
    const twice = [relation('s0', 'knows', 's2'), { ...relation('s0', 'knows', 's2'), id: 'again' }]
    expect(goldDifference({ spans, relations: twice }, 0, found)).toBe(0)
  })

  it('counts triples whose strings do not stand in the sentence, since nothing can predict them', () => {
    expect(goldDifference({ spans, relations: [relation('s0', 'knows', 's2')] }, 2, found)).toBe(2)
  })

  it('follows the thresholds of the run', () => {
    const strict = { ...found, thresholds: { knows: 0.95 } }
    expect(goldDifference({ spans, relations: [] }, 0, strict)).toBe(0)
  })
})

describe('the confidence of a prediction', () => {
  it('is that of the least certain span or triple that it finds', () => {
    expect(leastConfidence(found)).toBe(0.9)
    expect(leastConfidence({ ...found, cells: found.cells.map((cell) => ({ ...cell, probability: 0.6 })) })).toBe(0.6)
    expect(leastConfidence({ ...found, cells: found.cells.map((cell) => ({ ...cell, probability: 0.4 })) })).toBe(0.9)
  })

  it('is null where it finds nothing', () => {
    expect(leastConfidence(predicted(5, [], []))).toBeNull()
  })
})
