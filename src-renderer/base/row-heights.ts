/** Heights of the rows of a long list: estimated until measured, summed in logarithmic time (a Fenwick tree). */

export interface RowHeights {
  readonly totalPx: number
  /** Distance of a row from the top of the list, in pixels; `topOf(count)` is the end of the list. */
  topOf(index: number): number
  /** Index of the row at a distance from the top. */
  indexAt(px: number): number
  /** Stores a measured height and returns by how many pixels the row grew. */
  measure(index: number, heightPx: number): number
}

export function createRowHeights(count: number, estimatePx: number): RowHeights {
  // a Fenwick tree, indexed from 1, of the differences between measured and estimated heights
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
