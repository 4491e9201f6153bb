/**
 * Disputes: where several versions of one sentence say different things. Spans that overlap and are not in every version are one
 * dispute; so are the relations between two places on which the versions that know both places do not agree.
 */
import type { AnnotatedRelation, AnnotatedSpan } from './annotation.ts'
import { isMachine, isOwnLayer, ownLayer, type SentenceLayer } from './layer.ts'
import type { AnnotatedItems } from './layer-differences.ts'
import { distinctSpans, placeKey } from './pair-spans.ts'
import { overlaps } from './span.ts'

/** Words from `start` to before `end`. */
export interface WordRange {
  readonly start: number
  readonly end: number
}

/** What one version holds at a dispute. */
export interface Claim {
  readonly spans: readonly AnnotatedSpan[]
  readonly relations: readonly AnnotatedRelation[]
  /** False for a version without one of the spans that a relation would join: it cannot say anything of it. */
  readonly hasOpinion: boolean
  /** The number of the first version that says the same. */
  readonly sameAs: number
}

export interface Dispute {
  readonly key: string
  readonly item: 'span' | 'relation'
  /** Words of the spans, or of both ends of the relations. */
  readonly ranges: readonly WordRange[]
  /** A claim for each version. */
  readonly claims: readonly Claim[]
}

/** A place that versions mark: one span, or the words of spans that are in dispute with each other. */
interface Place extends WordRange {
  readonly key: string
}

/** Relations between two places, whatever their direction, that all versions that know both places hold alike. */
export interface UndisputedRelations {
  readonly ranges: readonly WordRange[]
  /** The number of a version that holds them. */
  readonly version: number
  /** True where every version holds them. */
  readonly isHeldByAll: boolean
}

export interface Disputes {
  /** Spans in reading order, then relations. */
  readonly disputes: readonly Dispute[]
  readonly undisputed: readonly UndisputedRelations[]
  /** Keys of place and type of the spans that every version holds. */
  readonly agreedSpans: ReadonlySet<string>
}

/** Whether models speak beside people, or are left out as long as there are two others. */
export type ModelsView = 'beside' | 'apart'

/**
 * The versions that are compared: the annotation itself where it says something or only one other does, and the layers. Those of
 * models are left out of `apart` where two versions are left.
 */
export function versionsOf(
  annotation: AnnotatedItems,
  layers: readonly SentenceLayer[],
  models: ModelsView,
): readonly SentenceLayer[] {
  const own: SentenceLayer = { ...ownLayer, annotation }
  const isSaying = annotation.spans.length > 0 || annotation.relations.length > 0
  const withOwn = (others: readonly SentenceLayer[]) => (isSaying || others.length === 1 ? [own, ...others] : others)
  const people = withOwn(layers.filter((layer) => !isMachine(layer)))
  return models === 'apart' && people.filter((version) => !isOwnLayer(version)).length > 0 && people.length > 1
    ? people
    : withOwn(layers)
}

/** Number of disputes by which a queue is ordered. */
export function countDisputes(annotation: AnnotatedItems, layers: readonly SentenceLayer[]): number {
  return findDisputes(versionsOf(annotation, layers, 'apart')).disputes.length
}

export function findDisputes(versions: readonly SentenceLayer[]): Disputes {
  const spansOf = versions.map(({ annotation }) => distinctSpans(annotation.spans))
  const agreedSpans = new Set([...(spansOf[0]?.keys() ?? [])].filter((key) => spansOf.every((own) => own.has(key))))
  const disputed = spansOf.map((own) => [...own].flatMap(([key, span]) => (agreedSpans.has(key) ? [] : [span])))
  const clusters = clustersOf(disputed.flat())
  const inCluster = disputed.map((spans) => clusters.map((cluster) => spans.filter((span) => overlaps(span, cluster))))
  const spanDisputes = clusters.map((range, at): Dispute => ({
    ...{ key: `span ${range.start}:${range.end}`, item: 'span', ranges: [range] },
    claims: claimsOf(
      inCluster.map((own) => ({ spans: own[at] ?? [], relations: [], hasOpinion: true })),
      ({ spans }) => spans.map(placeKey).sort().join(' | '),
    ),
  }))
  const places = versions.map(({ annotation }, version) => {
    const placeOf = (span: AnnotatedSpan): Place => {
      const key = placeKey(span)
      const at = agreedSpans.has(key) ? -1 : clusters.findIndex((cluster) => overlaps(span, cluster))
      const cluster = clusters[at]
      // two spans of one version in one cluster are two places
      return cluster && inCluster[version]?.[at]?.length === 1
        ? { ...cluster, key: `cluster ${at}` }
        : { key, start: span.start, end: span.end }
    }
    return new Map(annotation.spans.map((span) => [span.id, placeOf(span)]))
  })
  const relations = findRelations(versions, places)
  return { disputes: [...spanDisputes, ...relations.disputes], undisputed: relations.undisputed, agreedSpans }
}

/** The ranges of words that overlapping spans cover together, in reading order. */
function clustersOf(spans: readonly WordRange[]): WordRange[] {
  const clusters: { start: number; end: number }[] = []
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = clusters.at(-1)
    if (last && start < last.end) last.end = Math.max(last.end, end)
    else clusters.push({ start, end })
  }
  return clusters
}

function findRelations(
  versions: readonly SentenceLayer[],
  places: readonly ReadonlyMap<string, Place>[],
): { readonly disputes: Dispute[]; readonly undisputed: UndisputedRelations[] } {
  const pairs = new Map<string, readonly [Place, Place]>()
  const held = versions.map(({ annotation }, version) => {
    const byPair = new Map<string, AnnotatedRelation[]>()
    for (const relation of annotation.relations) {
      const ends = [places[version]?.get(relation.subject), places[version]?.get(relation.object)] as const
      if (!ends[0] || !ends[1]) continue
      const sorted = ends[0].key <= ends[1].key ? ([ends[0], ends[1]] as const) : ([ends[1], ends[0]] as const)
      const pair = `${sorted[0].key} & ${sorted[1].key}`
      pairs.set(pair, [ends[0], ends[1]])
      byPair.set(pair, [...(byPair.get(pair) ?? []), relation])
    }
    return byPair
  })
  const known = places.map((own) => new Set([...own.values()].map(({ key }) => key)))
  const disputes: Dispute[] = []
  const undisputed: UndisputedRelations[] = []
  for (const [pair, ends] of [...pairs].sort(([, a], [, b]) => a[0].start - b[0].start || a[1].start - b[1].start)) {
    const ranges = ends.map(({ start, end }) => ({ start, end }))
    const bare = versions.map((_, version) => ({
      ...{ spans: [], relations: held[version]?.get(pair) ?? [] },
      hasOpinion: ends.every(({ key }) => known[version]?.has(key)),
    }))
    const say = (claim: Omit<Claim, 'sameAs'>, version: number) =>
      claim.relations
        .map((relation) => wordsOf(relation, places[version]))
        .sort()
        .join(' | ')
    const claims = claimsOf(bare, say)
    const said = new Set(bare.flatMap((claim, version) => (claim.hasOpinion ? [say(claim, version)] : [])))
    if (said.size > 1) disputes.push({ key: `relation ${pair}`, item: 'relation', ranges, claims })
    else
      undisputed.push({
        ranges,
        version: bare.findIndex(({ hasOpinion }) => hasOpinion),
        isHeldByAll: bare.every(({ hasOpinion }) => hasOpinion),
      })
  }
  return { disputes, undisputed }
}

function wordsOf({ subject, type, object }: AnnotatedRelation, places: ReadonlyMap<string, Place> | undefined): string {
  return `${places?.get(subject)?.key ?? ''} ${type} ${places?.get(object)?.key ?? ''}`
}

function claimsOf(
  bare: readonly Omit<Claim, 'sameAs'>[],
  say: (claim: Omit<Claim, 'sameAs'>, version: number) => string,
): Claim[] {
  const said = bare.map((claim, version) => (claim.hasOpinion ? say(claim, version) : null))
  return bare.map((claim, version) => ({
    ...claim,
    sameAs: said[version] === null ? version : said.indexOf(said[version] ?? ''),
  }))
}
