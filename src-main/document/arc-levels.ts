/** Levels of arcs: which of the pieces over one line lies above which. */
import { contains, touches, type Interval } from './arc.ts'

/**
 * First-fit, shortest reach first: the lowest level on which `room` touches nothing and that is above every item whose
 * reach it contains, and not below its `least`. Room is reach widened by what must not collide, such as a label.
 */
export function assignLevels(
  items: readonly { readonly reach: Interval; readonly room: Interval; readonly least?: number }[],
): number[] {
  const length = ({ left, right }: Interval) => right - left
  const order = items.map((_, i) => i)
  order.sort((a, b) => length(items[a]!.reach) - length(items[b]!.reach) || a - b) // indices of items itself
  const levels: number[] = items.map(() => -1)
  const placed = createNeighbours(items.map(({ room }) => room))
  for (const i of order) {
    const { reach, room, least = 0 } = items[i]! // likewise
    // an item shares room with whatever it contains or touches, so only its neighbours need to be asked
    const near = placed.of(room)
    let level = least
    const taken = new Set<number>()
    for (const j of near) {
      const there = levels[j] ?? -1
      if (contains(reach, items[j]!.reach)) level = Math.max(level, there + 1)
      if (touches(room, items[j]!.room)) taken.add(there)
    }
    while (taken.has(level)) level += 1
    levels[i] = level
    placed.add(i)
  }
  return levels
}

/** Intervals indexed by their place, so that a long list stays quick: most intervals are short. */
function createNeighbours(intervals: readonly Interval[]) {
  const start = intervals.reduce((least, { left }) => Math.min(least, left), Infinity)
  const end = intervals.reduce((most, { right }) => Math.max(most, right), -Infinity)
  const cellWidth = Math.max(1e-9, (end - start) / Math.max(1, intervals.length))
  const cells: number[][] = []
  const cellOf = (x: number): number => Math.floor((x - start) / cellWidth)
  return {
    add(index: number): void {
      const { left, right } = intervals[index]! // an index of intervals itself
      for (let cell = cellOf(left); cell <= cellOf(right); cell++) (cells[cell] ??= []).push(index)
    },
    /** Every added interval that may share room with this one. */
    of({ left, right }: Interval): ReadonlySet<number> {
      const found = new Set<number>()
      for (let cell = cellOf(left); cell <= cellOf(right); cell++)
        for (const index of cells[cell] ?? []) found.add(index)
      return found
    },
  }
}
