/** Focus: which arcs are drawn where there are too many to tell apart. Those that are not drawn are counted. */
import type { ArcItem } from '#window/features/annotate/editor/items.ts'
import { isSameTarget, type Target } from '#window/features/annotate/input/selection.ts'

/** More arcs than this in one sentence hide each other: then gold ones, too, are drawn only for what is chosen. */
export const densestArcs = 40
/** Arcs at the words of one line among which suggested ones are drawn without being asked for. */
const mostOnLine = 4

export interface FocusedArcs {
  readonly arcs: readonly ArcItem[]
  /** Number of suggested arcs that are not drawn. */
  readonly undrawn: number
  /** Arcs that are counted at the mark they leave from or arrive at, since nothing else tells of them. */
  readonly hidden: ReadonlyMap<string, { readonly outgoing: number; readonly incoming: number }>
}

/** The chosen item: its target, and the mark that shows it. */
interface Chosen {
  readonly target: Target | null
  readonly mark: string | null
}

export const allArcs = (arcs: readonly ArcItem[]): FocusedArcs => ({ arcs, undrawn: 0, hidden: new Map() })

/** Arcs of the chosen span or suggestion, the chosen relation, and those that share an end with it. */
export function focusArcs(arcs: readonly ArcItem[], chosen: Chosen): FocusedArcs {
  const isNear = nearOf(arcs, chosen)
  const hidden = new Map<string, { outgoing: number; incoming: number }>()
  const countAt = (mark: string) => {
    const counts = hidden.get(mark) ?? { outgoing: 0, incoming: 0 }
    hidden.set(mark, counts)
    return counts
  }
  const shown = arcs.filter((arc) => {
    if (isNear(arc)) return true
    countAt(arc.subject).outgoing += 1
    countAt(arc.object).incoming += 1
    return false
  })
  return { arcs: shown, undrawn: 0, hidden }
}

/**
 * All gold arcs, and of the suggested ones the most probable, as long as no line holds more than a few arcs; those of what
 * is chosen besides. Arcs stay in their order.
 * @param lineOf line of a mark; undefined for one that is not on the page
 */
export function calmArcs(
  arcs: readonly ArcItem[],
  lineOf: (mark: string) => number | undefined,
  chosen: Chosen,
): FocusedArcs {
  const counts = new Map<number | undefined, number>()
  const linesOf = ({ subject, object }: ArcItem) => new Set([lineOf(subject), lineOf(object)])
  const drawn = new Set<ArcItem>()
  const draw = (arc: ArcItem): void => {
    drawn.add(arc)
    for (const line of linesOf(arc)) counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  const byProbability = arcs.toSorted((a, b) => (b.probability ?? 0) - (a.probability ?? 0))
  for (const arc of arcs) if (arc.kind === 'gold') draw(arc)
  for (const arc of byProbability)
    if (!drawn.has(arc) && [...linesOf(arc)].every((line) => (counts.get(line) ?? 0) < mostOnLine)) draw(arc)
  const isNear = nearOf(arcs, chosen)
  const shown = arcs.filter((arc) => drawn.has(arc) || isNear(arc))
  return { arcs: shown.length === arcs.length ? arcs : shown, undrawn: arcs.length - shown.length, hidden: new Map() }
}

/** Whether an arc begins or ends at the chosen mark, or at an end of the chosen relation. */
function nearOf(arcs: readonly ArcItem[], { target, mark }: Chosen): (arc: ArcItem) => boolean {
  const own = arcs.find((arc) => isSameTarget(arc.target, target))
  const ends = new Set(own ? [own.subject, own.object] : mark === null ? [] : [mark])
  return ({ subject, object }) => ends.has(subject) || ends.has(object)
}
