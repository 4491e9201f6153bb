/** What a sentence row says of its annotation, so that lists and filters need no join: computed at every write. */
import type { AnnotatedRelation, AnnotatedSpan } from '#main/document/annotation'
import { spanText, type TextTriple } from '#main/document/labelled-sentence'

export interface SentenceFacts {
  readonly spanCount: number
  readonly tripleCount: number
  /** `overlapBits` added; 0 without triples. */
  readonly overlap: number
}

export const overlapBits = { Normal: 1, SEO: 2, EPO: 4 } as const

interface Content {
  readonly spans: readonly Pick<AnnotatedSpan, 'id' | 'start' | 'end'>[]
  readonly relations: readonly Pick<AnnotatedRelation, 'subject' | 'type' | 'object'>[]
  readonly unanchored: readonly TextTriple[]
}

export function factsOf(words: readonly string[], content: Content): SentenceFacts {
  const triples = textTriples(words, content)
  return { spanCount: content.spans.length, tripleCount: triples.length, overlap: overlapOf(triples) }
}

/** The triples as strings, each once; unanchored ones last. */
export function textTriples(words: readonly string[], { spans, relations, unanchored }: Content): TextTriple[] {
  const textById = new Map(spans.map((span) => [span.id, spanText(words, span)]))
  const anchored = relations.map(({ subject, type, object }) => ({
    subject: textById.get(subject) ?? '',
    type,
    object: textById.get(object) ?? '',
  }))
  return [...new Map([...anchored, ...unanchored].map((triple) => [keyOf(triple), triple])).values()]
}

function keyOf({ subject, type, object }: TextTriple): string {
  return JSON.stringify([subject, type, object])
}

/** Normal: every triple has two entities of its own. EPO: an ordered pair repeats. SEO: pairs share an entity. */
function overlapOf(triples: readonly TextTriple[]): number {
  if (triples.length === 0) return 0
  const pairs = new Map(triples.map(({ subject, object }) => [JSON.stringify([subject, object]), [subject, object]]))
  const entities = new Set([...pairs.values()].flat()).size
  if (entities === 2 * triples.length) return overlapBits.Normal
  const isEpo = pairs.size < triples.length
  const isSeo = entities !== 2 * pairs.size
  return (isSeo ? overlapBits.SEO : 0) + (isEpo ? overlapBits.EPO : 0)
}
