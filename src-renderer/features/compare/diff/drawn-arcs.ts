/** Arcs of one member of a diff over a sentence on one line: which triples it finds, misses and finds wrongly. */
import type { DiffTriple } from '#main/comparison/diff-triples'
import { layoutArcs } from '#main/document/arc-layout'
import type { SpanPlace } from '#main/document/arc'

export type Side = 'first' | 'second'

/** "lost": the early pass finds a gold triple that the final pass lacks. */
export type ArcState = 'right' | 'wrong' | 'missed' | 'lost'

export interface SidedTriple {
  readonly id: string
  readonly subject: string
  readonly object: string
  readonly state: ArcState
  readonly label: string
}

export interface DrawnArc extends Pick<SidedTriple, 'id' | 'state' | 'label'> {
  readonly path: string
  /** Arrow head at the object. */
  readonly head: string
  readonly x: number
  readonly y: number
}

/** The triples that one member draws: all gold, and what it finds wrongly. */
export function triplesOf(triples: readonly DiffTriple[], side: Side): SidedTriple[] {
  return triples.flatMap((triple, at) => {
    const [found, early] = [triple[side], triple[`${side}Early`]]
    if (!triple.ends || (!triple.isGold && found === null)) return []
    const { subject, object } = triple.ends
    const said = [
      [triple.type, ...(found === null ? [] : [found.toFixed(2)])].join(' '),
      ...(early === null ? [] : [`early ${early.toFixed(2)}`]),
    ]
    return [
      {
        ...{ id: String(at), subject: keyOf(subject), object: keyOf(object), label: said.join(' · ') },
        state: found !== null ? (triple.isGold ? 'right' : 'wrong') : early !== null ? 'lost' : 'missed',
      },
    ]
  })
}

/** The key of some words of a sentence, by which they are placed. */
export const keyOf = ({ start, end }: { readonly start: number; readonly end: number }): string => `${start} ${end}`

/** Pixels from the words to the lowest arc, from one arc to the next, and above the highest. */
const room = { first: 18, step: 20, above: 10 }
const letterWidth = 6.3
const corner = 6

/** @param isAbove the first member is drawn above the words, the second below. */
export function drawArcs(
  triples: readonly SidedTriple[],
  places: ReadonlyMap<string, SpanPlace>,
  width: number,
  isAbove: boolean,
): { readonly arcs: DrawnArc[]; readonly height: number } {
  const byId = new Map(triples.map((triple) => [triple.id, triple]))
  const widthOf = (id: string): number => (byId.get(id)?.label.length ?? 0) * letterWidth + 8
  const { pieces, levels } = layoutArcs(triples, places, 1, width, widthOf)
  const height = (levels[0] ?? 0) === 0 ? 0 : room.first + ((levels[0] ?? 1) - 1) * room.step + room.above
  const yOf = (distance: number): number => (isAbove ? height - distance : distance)
  const arcs = pieces.flatMap(({ relationId, level, subjectX, objectX, label }): DrawnArc[] => {
    const triple = byId.get(relationId)
    if (!triple || subjectX === null || objectX === null) return []
    const y = yOf(room.first + level * room.step)
    const [base, near, turn] = [yOf(0), yOf(room.first + level * room.step - corner), yOf(7)]
    const inward = Math.sign(objectX - subjectX) * Math.min(corner, Math.abs(objectX - subjectX) / 2)
    return [
      {
        ...{ id: relationId, state: triple.state, label: triple.label, y },
        path: `M${subjectX} ${base} L${subjectX} ${near} Q${subjectX} ${y} ${subjectX + inward} ${y} L${objectX - inward} ${y} Q${objectX} ${y} ${objectX} ${near} L${objectX} ${base}`,
        head: `M${objectX - 3.5} ${turn} L${objectX} ${base} L${objectX + 3.5} ${turn} Z`,
        x: label ? label.left + label.width / 2 : (subjectX + objectX) / 2,
      },
    ]
  })
  return { arcs, height }
}
