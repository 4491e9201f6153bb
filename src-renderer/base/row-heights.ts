/** Heights of the rows of a long list: estimated until measured, summed in logarithmic time (a Fenwick tree). */

export interface RowHeights {
  readonly totalPx: number
  /** Where a row begins; `topOf(count)` is the end of the list. */
  topOf(index: number): number
  /** The row that a distance from the top falls into. */
  indexAt(px: number): number
  /** Takes a measured height; answers by how much the row grew. */
  measure(index: number, heightPx: number): number
}

export function createRowHeights(count: number, estimatePx: number): RowHeights {
  // differences from the estimate, as a Fenwick tree from 1
  const tree = new Float64Array(count + 1)
  const highest = count === 0 ? 0 : 2 ** Math.floor(Math.log2(count))

  function differenceBefore(index: number): number {
    let sum = 0
    for (let at = index; at > 0; at -= at & -at) sum += tree[at] ?? 0
    return sum
  }

  const topOf = (index: number): number => index * estimatePx + differenceBefore(index)

  return {
    get totalPx() {
      return topOf(count)
    },
    topOf,
    indexAt(px) {
      let passed = 0
      let rest = px
      for (let step = highest; step >= 1; step /= 2) {
        const height = step * estimatePx + (tree[passed + step] ?? 0)
        if (passed + step > count || height > rest) continue
        passed += step
        rest -= height
      }
      return Math.max(0, Math.min(passed, count - 1))
    },
    measure(index, heightPx) {
      const growth = heightPx - (topOf(index + 1) - topOf(index))
      if (growth !== 0) for (let at = index + 1; at <= count; at += at & -at) tree[at] = (tree[at] ?? 0) + growth
      return growth
    },
  }
}
