/** Gold spans and triples of one sentence as tag indices and cells of the pair table. */
import { anchorOf } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { compareSpans, overlaps, type Span } from '#main/document/span'
import type { ModelConfig } from '#main/runs/config'
import { prefixAt } from '#main/tagging/span-codec'
import { tagName } from '#main/tagging/tag-scheme'
import type { UnencodedGold } from './batch.ts'

interface EncodedGold {
  /** Index of the tag of every token that is not `O`. */
  readonly tags: readonly (readonly [token: number, tag: number])[]
  /** Distinct cells that hold. */
  readonly cells: readonly (readonly [subject: number, object: number, relation: number])[]
  readonly left: UnencodedGold
}

/**
 * Encodes the gold of one sentence. Of spans that share a token, the first in reading order is kept, and the longer
 * where two start together.
 */
export function encodeGold(
  spans: readonly TripleSpan[],
  triples: readonly Triple[],
  { tags: tagNames, relations, anchor }: Pick<ModelConfig, 'tags' | 'relations' | 'anchor'>,
): EncodedGold {
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
