/** Labelled sentences and predictions in one line each, and arbitrary ones. */
import fc from 'fast-check'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { anchorOf, type Anchor, type Prediction } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { decodeTags, encodeTags } from '#main/tagging/span-codec'
import { tagNames } from '#main/tagging/tag-scheme'

/** A triple by the indices of its spans. */
export type TripleByIndex = readonly [subject: number, type: string, object: number]
/** `[start, end]`, or with a label; without one it is `entity`. */
export type SpanByRange = readonly [start: number, end: number, label?: string]

/** Words set apart by spaces. */
export function labelled(
  text: string,
  spans: readonly SpanByRange[] = [],
  triples: readonly TripleByIndex[] = [],
  unanchored: readonly (readonly [string, string, string])[] = [],
): LabelledSentence {
  const all = spans.map(toSpan)
  return {
    sentenceId: 1,
    words: text.split(' '),
    spans: all,
    triples: triples.map((triple) => toTriple(all, triple)),
    unanchored: unanchored.map(([subject, type, object]): TextTriple => ({ subject, type, object })),
  }
}

/** What a model would say that finds these spans and triples, every cell with probability 0.9. */
export function predicted(
  wordCount: number,
  spans: readonly SpanByRange[],
  triples: readonly TripleByIndex[],
  anchor: Anchor = 'last',
): Prediction {
  const all = spans.map(toSpan)
  const found = triples.map((triple) => toTriple(all, triple))
  return predictionOf(wordCount, all, found, anchor)
}

export function predictionOf(
  wordCount: number,
  spans: readonly TripleSpan[],
  triples: readonly Triple[],
  anchor: Anchor = 'last',
): Prediction {
  const types = [...new Set(spans.map(({ label }) => label))]
  const { tags } = encodeTags(spans, wordCount, tagNames({ entityTypes: types.map((name) => ({ name })) }))
  const [only] = types
  const decoded = decodeTags(tags, types.length === 1 && only ? { untypedLabel: only } : {})
  return {
    tags,
    spans: decoded.map((span) => ({ ...span, probability: 0.9 })),
    cells: triples.map(({ subject, type, object }) => ({
      subject: anchorOf(subject, anchor),
      type,
      object: anchorOf(object, anchor),
      probability: 0.9,
    })),
    anchor,
    threshold: 0.5,
    early: null,
  }
}

function toSpan([start, end, label = 'entity']: SpanByRange): TripleSpan {
  return { start, end, label }
}

function toTriple(spans: readonly TripleSpan[], [subject, type, object]: TripleByIndex): Triple {
  const at = (index: number): TripleSpan => {
    const span = spans[index]
    if (!span) throw new Error(`there is no span ${index}`)
    return span
  }
  return { subject: at(subject), type, object: at(object) }
}

/** Sentences whose spans lie apart, so that tags hold all of them; few words, so that strings meet. */
export const separateSentences: fc.Arbitrary<LabelledSentence> = fc
  .record({
    words: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 6, maxLength: 14 }),
    steps: fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 2 }),
        length: fc.integer({ min: 1, max: 3 }),
        label: fc.constantFrom('PER', 'ORG'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    triples: fc.array(fc.tuple(fc.nat(), fc.constantFrom('r', 's'), fc.nat()), { maxLength: 6 }),
  })
  .map(({ words, steps, triples }) => {
    const spans: SpanByRange[] = []
    let next = 0
    for (const { gap, length, label } of steps) {
      const start = next + gap
      if (start + length > words.length) break
      spans.push([start, start + length, label])
      next = start + length
    }
    const known = spans.length > 0 ? spans : ([[0, 1, 'PER']] as const)
    const pairs = triples.map(([s, type, o]): TripleByIndex => [s % known.length, type, o % known.length])
    return labelled(words.join(' '), known, pairs)
  })
