/** Lanes: which of the marks over the same words lies nearest the text, and what is too high to be drawn. */
import type { Mark, Markable } from './marks.ts'

/** Number of lanes that are drawn; marks above them are counted on a badge. */
export const mostLanes = 3

/** Wide enough for a finger, and for "+99". */
export const badgeSize = { width: 32, height: 24 } as const

/** Stands for marks that are not drawn, where the first of them would begin. */
export interface LaneBadge {
  readonly line: number
  /** In reading direction, in pixels. */
  readonly left: number
  /** Marks, in reading order. */
  readonly ids: readonly string[]
}

type Ranged = Pick<Markable, 'id' | 'start' | 'end'>

/** Gold before suggestions, the longest nearest the text; first-fit, so that a lane holds no two that overlap. */
export function assignLanes(items: readonly Markable[]): ReadonlyMap<string, number> {
  const rank = ({ kind }: Markable) => (kind === 'gold' ? 0 : 1)
  const sorted = items.toSorted((a, b) => rank(a) - rank(b) || b.end - b.start - (a.end - a.start) || a.start - b.start)
  // the words that each lane has taken, so that a long text costs no more than its spans
  const lanes: Set<number>[] = []
  const laneOf = new Map<string, number>()
  for (const { id, start, end } of sorted) {
    const words = Array.from({ length: end - start }, (_, at) => start + at)
    let lane = lanes.findIndex((taken) => !words.some((word) => taken.has(word)))
    if (lane < 0) lane = lanes.push(new Set()) - 1
    for (const word of words) lanes[lane]?.add(word)
    laneOf.set(id, lane)
  }
  return laneOf
}

/**
 * Lets the chosen mark be seen: it takes the highest lane that is drawn, and what it covers there goes out of sight. The
 * same map where it is in sight anyhow, so that what is laid out by it need not be laid out again.
 */
export function raiseChosen(
  items: readonly Ranged[],
  laneOf: ReadonlyMap<string, number>,
  chosenId: string | null,
): ReadonlyMap<string, number> {
  const chosen = items.find(({ id }) => id === chosenId)
  if (!chosen || (laneOf.get(chosen.id) ?? 0) < mostLanes) return laneOf
  const raised = new Map(laneOf)
  for (const { id, start, end } of items)
    if (laneOf.get(id) === mostLanes - 1 && start < chosen.end && chosen.start < end) raised.set(id, mostLanes)
  return raised.set(chosen.id, mostLanes - 1)
}

/** One badge per place of a line, none over another: what begins near the one before is counted on that one. */
export function badgesOf(marks: readonly Mark[], line: number, width: number): LaneBadge[] {
  const badges: { line: number; left: number; ids: string[] }[] = []
  const farthest = Math.max(0, width - badgeSize.width)
  // a mark is counted once, where it begins
  for (const { id, left, lane, isFirst } of marks) {
    if (lane < mostLanes || !isFirst) continue
    const last = badges.at(-1)
    const at = Math.min(left, farthest)
    if (last && at < last.left + badgeSize.width) last.ids.push(id)
    else badges.push({ line, left: at, ids: [id] })
  }
  return badges
}
