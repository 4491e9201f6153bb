/** Arbitrary sentences with spans that tags can hold, and arbitrary sequences of tags, legal or not. */
import fc from 'fast-check'
import type { TripleSpan } from '#main/document/relation'

export const labels = ['PER', 'ORG'] as const

/** Spans in reading order, without overlap, and the number of tokens around them. */
export const taggableSentence: fc.Arbitrary<{ spans: TripleSpan[]; tokenCount: number }> = fc
  .array(fc.record({ gap: fc.nat(3), length: fc.integer({ min: 1, max: 4 }), label: fc.constantFrom(...labels) }))
  .chain((parts) =>
    fc.nat(3).map((rest) => {
      let token = 0
      const spans = parts.map(({ gap, length, label }) => {
        const start = token + gap
        token = start + length
        return { start, end: token, label }
      })
      return { spans, tokenCount: token + rest }
    }),
  )

export const anyTag = fc.constantFrom(
  'O',
  ...labels.flatMap((label) => ['B', 'I', 'E', 'S'].map((prefix) => `${prefix}-${label}`)),
)

export const tagSequence = fc.array(anyTag, { maxLength: 12 })
