/** Violations: items of an annotation that its label set, or the single layer of BIOES tags, cannot express. They are listed, never refused. */
import { rangeText } from '#main/document/char-bounds'
import type { Token } from '#main/document/doc'
import type { Relation } from '#main/document/relation'
import { overlaps, type Span, type SpanRange } from '#main/document/span'
import { legalRelationTypes, type LabelSet } from './label-set.ts'

export interface Violation {
  readonly kind: 'unknown-entity-type' | 'unknown-relation-type' | 'signature' | 'overlap' | 'off-token'
  /** A plain sentence that names the words. */
  readonly message: string
  /** Ids of the spans, and of the relation, that the violation is about. */
  readonly spanIds: readonly string[]
  readonly relationId: string | null
}

/** All violations, spans first, in the order of the annotation. */
export function violationsOf(
  labels: LabelSet,
  { spans, relations }: { readonly spans: readonly Span[]; readonly relations: readonly Relation[] },
  words: readonly string[],
  tokens: readonly Token[] = [],
): Violation[] {
  const byId = new Map(spans.map((span) => [span.id, span]))
  const say = (range: SpanRange) => rangeText(range, words, tokens)
  const entityTypes = new Set(labels.entityTypes.map(({ name }) => name))
  const relationTypes = new Set(labels.relationTypes.map(({ name }) => name))
  const found: Violation[] = []

  const overlapping = overlapsOf(spans)
  spans.forEach((span) => {
    if (!entityTypes.has(span.label))
      found.push({
        kind: 'unknown-entity-type',
        message: `${say(span)} is labelled ${span.label}, which the label set does not know`,
        spanIds: [span.id],
        relationId: null,
      })
    if (span.chars)
      found.push({
        kind: 'off-token',
        message: `${say(span)} begins or ends within a word: training rounds it to ${rangeText({ start: span.start, end: span.end }, words)}`,
        spanIds: [span.id],
        relationId: null,
      })
    for (const other of overlapping.get(span.id) ?? [])
      found.push({
        kind: 'overlap',
        message: `${say(span)} and ${say(other)} overlap: tags hold one of them, so the other is not trained on`,
        spanIds: [span.id, other.id],
        relationId: null,
      })
  })

  const legal = new Map<string, Map<string, ReadonlySet<string>>>()
  const isLegal = (type: string, subject: string, object: string): boolean => {
    const bySubject = legal.get(subject) ?? new Map<string, ReadonlySet<string>>()
    const types = bySubject.get(object) ?? new Set(legalRelationTypes(labels, subject, object).map(({ name }) => name))
    legal.set(subject, bySubject.set(object, types))
    return types.has(type)
  }
  for (const { id, subject, object, type } of relations) {
    const from = byId.get(subject)
    const to = byId.get(object)
    if (!from || !to) continue
    const place = { spanIds: [subject, object], relationId: id }
    if (!relationTypes.has(type))
      found.push({
        kind: 'unknown-relation-type',
        message: `${say(from)} to ${say(to)} is ${type}, which the label set does not know`,
        ...place,
      })
    else if (!isLegal(type, from.label, to.label))
      found.push({
        kind: 'signature',
        message: `${type} may not go from ${from.label} (${say(from)}) to ${to.label} (${say(to)})`,
        ...place,
      })
  }
  return found
}

/** Finds, for each span, the later spans that share a word with it, in one pass over the text. */
function overlapsOf(spans: readonly Span[]): Map<string, Span[]> {
  const places = spans.map((span, place) => ({ span, place })).sort((a, b) => a.span.start - b.span.start)
  const found = new Map<string, { readonly span: Span; readonly place: number }[]>()
  places.forEach((one, at) => {
    for (let next = at + 1; next < places.length; next++) {
      const other = places[next]
      if (!other || other.span.start >= one.span.end) break
      const [first, second] = one.place < other.place ? [one, other] : [other, one]
      if (overlaps(first.span, second.span)) found.set(first.span.id, [...(found.get(first.span.id) ?? []), second])
    }
  })
  return new Map(
    Array.from(found, ([id, others]) => [id, others.sort((a, b) => a.place - b.place).map(({ span }) => span)]),
  )
}
