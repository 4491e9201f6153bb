/** TagsAndCells: gold as a tag for each word and as cells of the pair table, for families that predict both. */
import { anchorOf } from '#main/document/prediction'
import type { TripleSpan } from '#main/document/relation'
import { compareSpans, overlaps, type Span } from '#main/document/span'
import type { ModelConfig } from '#main/runs/config'
import { prefixAt } from '#main/tagging/span-codec'
import { tagName } from '#main/tagging/tag-scheme'
import type { SentenceGold, UnencodedGold } from '../family.ts'
import { startsOf } from './batch.ts'

export interface TagsAndCells {
  /** Index of every word's tag [k]. */
  readonly tags: Int32Array
  /** Distinct cells that hold: subject row, object row, relation, one after another, in this order. */
  readonly cells: readonly number[]
}

/** Two words of a sentence and the score of their pair that is 1. */
export type Cell = readonly [subject: number, object: number, output: number]

interface EncodedSentence {
  /** Index of the tag of every token that is not `O`. */
  readonly tags: readonly (readonly [token: number, tag: number])[]
  /** Distinct cells that hold. */
  readonly cells: readonly Cell[]
  readonly left: UnencodedGold
}

type LabelNames = Pick<ModelConfig, 'tags' | 'relations' | 'anchor'>

/**
 * Encodes the gold of one sentence. Of spans that share a token, the first in reading order is kept, and the longer
 * where two start together.
 */
export function encodeSentence(
  { spans, triples }: Pick<SentenceGold, 'spans' | 'triples'>,
  { tags: tagNames, relations, anchor }: LabelNames,
): EncodedSentence {
  const isTyped = tagNames.some((name) => name.includes('-'))
  const kept: TripleSpan[] = []
  const tags: [number, number][] = []
  const left = { overlapping: 0, unknownType: 0 }
  for (const span of spans.toSorted((a, b) => compareSpans(a as Span, b as Span))) {
    const label = isTyped ? span.label : ''
    const rival = kept.find((other) => overlaps(span, other))
    if (!tagNames.includes(tagName('S', label))) left.unknownType++
    else if (rival) left.overlapping += isRepeated(span, rival, isTyped) ? 0 : 1
    else {
      kept.push(span)
      for (let token = span.start; token < span.end; token++)
        tags.push([token, tagNames.indexOf(tagName(prefixAt(span, token), label))])
    }
  }
  const cells = new Map<string, readonly [number, number, number]>()
  for (const { subject, type, object } of triples) {
    const cell = [anchorOf(subject, anchor), anchorOf(object, anchor), relations.indexOf(type)] as const
    if (cell[2] < 0) left.unknownType++
    else cells.set(cell.join(), cell)
  }
  return { tags, cells: [...cells.values()], left }
}

function isRepeated(span: TripleSpan, rival: TripleSpan, isTyped: boolean): boolean {
  return span.start === rival.start && span.end === rival.end && (!isTyped || span.label === rival.label)
}

/** Gold of a batch. Rows of a sentence's words follow those of the sentences before it. */
export function encodeTagsAndCells(sentences: readonly SentenceGold[], config: LabelNames): TagsAndCells {
  const encoded = sentences.map((sentence) => encodeSentence(sentence, config))
  const starts = startsOf(sentences.map(({ words }) => words.length))
  const tags = new Int32Array(sentences.reduce((sum, { words }) => sum + words.length, 0))
  encoded.forEach((gold, b) => gold.tags.forEach(([token, tag]) => (tags[(starts[b] ?? 0) + token] = tag)))
  return { tags, cells: encoded.flatMap(({ cells }, b) => inOrder(cells, starts[b] ?? 0)) }
}

/** The cells of a sentence in the order of their subjects, objects and outputs, as numbers one after another. */
export function inOrder(cells: readonly Cell[], start: number): number[] {
  return cells
    .map(([subject, object, output]) => [start + subject, start + object, output])
    .toSorted(compareCells)
    .flat()
}

function compareCells(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, at) => value !== b[at])
  return differs < 0 ? 0 : (a[differs] ?? 0) - (b[differs] ?? 0)
}
