/**
 * Differences between the annotation of a sentence that is edited ("here") and another layer of it ("there"). Items are compared by
 * place and type; their ids, origins and remarks do not matter.
 */
import type { AnnotatedRelation, AnnotatedSpan, Annotation } from './annotation.ts'
import { pairSpans, placeKey, type SpanPair } from './pair-spans.ts'

/** AnnotatedItems: the annotation of a sentence without its review state. */
export type AnnotatedItems = Pick<Annotation, 'spans' | 'relations'>

/** Both sides are set where the same words are a span of another type ("type"), or words that overlap are one ("bounds"). */
export interface SpanDifference {
  readonly item: 'span'
  readonly kind: 'only-here' | 'only-there' | 'type' | 'bounds'
  readonly here: AnnotatedSpan | null
  readonly there: AnnotatedSpan | null
}

/** Both sides are set where a relation between the same spans has another type. */
export interface RelationDifference {
  readonly item: 'relation'
  readonly kind: 'only-here' | 'only-there' | 'type'
  readonly here: AnnotatedRelation | null
  readonly there: AnnotatedRelation | null
}

export type LayerDifference = SpanDifference | RelationDifference

export interface LayerComparison {
  /** Spans in reading order, then relations in the order of their subjects. */
  readonly differences: readonly LayerDifference[]
  /** By the id of a span there, the id of the span here that it stands for: the same, or one that differs in type or bounds. */
  readonly counterparts: ReadonlyMap<string, string>
}

export function compareLayer(here: AnnotatedItems, there: AnnotatedItems): LayerComparison {
  const { pairs, onlyHere, onlyThere } = pairSpans(here.spans, there.spans)
  const firstHere = new Map(here.spans.toReversed().map((span) => [placeKey(span), span.id]))
  const counterparts = counterpartsOf(pairs, there.spans)
  const spans: SpanDifference[] = [
    ...pairs.flatMap(({ kind, here, there }) =>
      kind === 'same' ? [] : [{ item: 'span', kind, here, there } as const],
    ),
    ...onlyHere.map((span) => ({ item: 'span', kind: 'only-here', here: span, there: null }) as const),
    ...onlyThere.map((span) => ({ item: 'span', kind: 'only-there', here: null, there: span }) as const),
  ]
  // a span that stands here twice is one span for its relations
  const first = new Map(here.spans.map((span) => [span.id, firstHere.get(placeKey(span)) ?? span.id]))
  const relations = compareRelations(here.relations, first, there.relations, counterparts)
  const startOf = startsOf(here, there)
  return {
    differences: [...spans, ...relations].sort((a, b) => rank(a) - rank(b) || startOf(a) - startOf(b)),
    counterparts,
  }
}

/** The key that names a difference among those of one comparison. */
export function differenceKey({ item, here, there }: LayerDifference): string {
  return `${item} ${here?.id ?? ''} ${there?.id ?? ''}`
}

function counterpartsOf(pairs: readonly SpanPair[], there: readonly AnnotatedSpan[]): Map<string, string> {
  const byPlace = new Map(pairs.map(({ here, there }) => [placeKey(there), here.id]))
  return new Map(
    there.flatMap((span) => {
      const id = byPlace.get(placeKey(span))
      return id === undefined ? [] : [[span.id, id] as const]
    }),
  )
}

function compareRelations(
  here: readonly AnnotatedRelation[],
  first: ReadonlyMap<string, string>,
  there: readonly AnnotatedRelation[],
  counterparts: ReadonlyMap<string, string>,
): RelationDifference[] {
  const endsHere = ({ subject, object }: AnnotatedRelation): string =>
    JSON.stringify([first.get(subject) ?? subject, first.get(object) ?? object])
  // an end that has no counterpart keeps its own id, marked as one of the layer
  const endThere = (id: string): string | { readonly there: string } => counterparts.get(id) ?? { there: id }
  const endsThere = ({ subject, object }: AnnotatedRelation): string =>
    JSON.stringify([endThere(subject), endThere(object)])
  const own = distinctRelations(here, endsHere)
  const others = distinctRelations(there, endsThere)
  const open = Map.groupBy(
    [...own].flatMap(([key, relation]) => (others.has(key) ? [] : [relation])),
    endsHere,
  )
  const theirs = [...others].flatMap(([key, relation]): RelationDifference[] => {
    if (own.has(key)) return []
    const partner = open.get(endsThere(relation))?.shift() ?? null
    return [{ item: 'relation', kind: partner ? 'type' : 'only-there', here: partner, there: relation }]
  })
  const left = [...open.values()].flat()
  return [
    ...theirs,
    ...left.map((relation) => ({ item: 'relation', kind: 'only-here', here: relation, there: null }) as const),
  ]
}

function distinctRelations(
  relations: readonly AnnotatedRelation[],
  endsOf: (relation: AnnotatedRelation) => string,
): Map<string, AnnotatedRelation> {
  return new Map(relations.toReversed().map((relation) => [`${endsOf(relation)} ${relation.type}`, relation]))
}

const rank = ({ item }: LayerDifference): number => (item === 'span' ? 0 : 1)

/** The first word of a difference: of its span, or of the subject of its relation. */
function startsOf(here: AnnotatedItems, there: AnnotatedItems): (difference: LayerDifference) => number {
  const [byId, byIdThere] = [here, there].map(({ spans }) => new Map(spans.map(({ id, start }) => [id, start])))
  return (difference) => {
    if (difference.item === 'span') return (difference.there ?? difference.here)?.start ?? 0
    const start = difference.there
      ? byIdThere?.get(difference.there.subject)
      : byId?.get(difference.here?.subject ?? '')
    return start ?? 0
  }
}
