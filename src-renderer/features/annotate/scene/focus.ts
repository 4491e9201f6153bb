/** Focus mode: where there are too many arcs to tell apart, only those of what is chosen are drawn; the others are counted. */
import type { ArcItem } from '#window/features/annotate/editor/items.ts'
import type { Target } from '#window/features/annotate/input/selection.ts'

/** More arcs than this in one sentence hide each other. */
export const densestArcs = 40

export interface FocusedArcs {
  readonly arcs: readonly ArcItem[]
  /** Arcs that are not drawn, by the mark they leave from or arrive at. */
  readonly hidden: ReadonlyMap<string, { readonly outgoing: number; readonly incoming: number }>
}

export const allArcs = (arcs: readonly ArcItem[]): FocusedArcs => ({ arcs, hidden: new Map() })

/** Arcs of the chosen span or suggestion, the chosen relation, and those that share an end with it. */
export function focusArcs(arcs: readonly ArcItem[], target: Target | null, chosenMark: string | null): FocusedArcs {
  const own = arcs.find((arc) => isTarget(arc, target))
  const ends = new Set(own ? [own.subject, own.object] : chosenMark === null ? [] : [chosenMark])
  const hidden = new Map<string, { outgoing: number; incoming: number }>()
  const countAt = (mark: string) => {
    const counts = hidden.get(mark) ?? { outgoing: 0, incoming: 0 }
    hidden.set(mark, counts)
    return counts
  }
  const shown = arcs.filter((arc) => {
    if (ends.has(arc.subject) || ends.has(arc.object)) return true
    countAt(arc.subject).outgoing += 1
    countAt(arc.object).incoming += 1
    return false
  })
  return { arcs: shown, hidden }
}

function isTarget({ target: own }: ArcItem, target: Target | null): boolean {
  if (own.kind === 'relation') return target?.kind === 'relation' && own.relationId === target.relationId
  return own.kind === 'suggestion' && target?.kind === 'suggestion' && own.key === target.key
}
