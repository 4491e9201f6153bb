/** Ports: where along a span the ends of its relations attach, ordered so that nested arcs need not cross. */
import type { ArcRelation, SpanPlace } from './arc.ts'

type End = 'subject' | 'object'

/** Greatest distance between two ports of one span, in pixels. */
const portSpacing = 14

interface SpanEnd {
  readonly relationId: string
  readonly end: End
  /** The sorting key: the side by which the arc leaves its span, then how far it goes, then a tie-break. */
  readonly order: readonly [number, number, number]
}

/** The key under which `placePorts` stores the x of an end. */
export function portKey(relationId: string, end: End): string {
  return `${end} ${relationId}`
}

/**
 * Computes the x of every end of every relation. Arcs that leave towards the start of the line sit before those that leave
 * towards its end; on each side the longest sits innermost, so that a longer arc encloses a shorter one.
 */
export function placePorts(
  relations: readonly ArcRelation[],
  places: ReadonlyMap<string, SpanPlace>,
): Map<string, number> {
  const bySpan = new Map<string, SpanEnd[]>()
  const attach = (spanId: string, end: SpanEnd): void => {
    const ends = bySpan.get(spanId)
    if (ends) ends.push(end)
    else bySpan.set(spanId, [end])
  }
  relations.forEach((relation, index) => {
    const subject = places.get(relation.subject)
    const object = places.get(relation.object)
    if (!subject || !object) return
    const { id: relationId } = relation
    attach(relation.subject, { relationId, end: 'subject', order: orderOf(subject, object, index, 0) })
    attach(relation.object, { relationId, end: 'object', order: orderOf(object, subject, index, 1) })
  })

  const ports = new Map<string, number>()
  for (const [spanId, ends] of bySpan) {
    const place = places.get(spanId)
    if (!place) continue
    const spacing = Math.min(portSpacing, (place.right - place.left) / ends.length)
    const first = (place.left + place.right) / 2 - (spacing * (ends.length - 1)) / 2
    ends.sort(compareEnds).forEach(({ relationId, end }, i) => ports.set(portKey(relationId, end), first + i * spacing))
  }
  return ports
}

function orderOf(here: SpanPlace, there: SpanPlace, index: number, end: number): [number, number, number] {
  if (here === there) return [1, index, end]
  const distance = here.line === there.line ? Math.abs(here.left - there.left) : Infinity
  const isBefore = here.line === there.line && there.left < here.left
  return isBefore ? [0, distance, -index] : [2, -distance, index]
}

function compareEnds(a: SpanEnd, b: SpanEnd): number {
  for (const i of [0, 1, 2] as const) if (a.order[i] !== b.order[i]) return a.order[i] < b.order[i] ? -1 : 1
  return 0
}
