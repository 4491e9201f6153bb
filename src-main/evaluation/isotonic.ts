/** Isotonic regression by pooling adjacent violators. */

export interface Point {
  readonly x: number
  readonly y: number
}

/**
 * The non-decreasing steps that are nearest to the points in squared error, each as the mean of its x and the mean of its y.
 * Points of equal x are pooled first, so that the order of the input does not matter.
 */
export function isotonicSteps(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x)
  const blocks: { x: number; y: number; weight: number; last: number }[] = []
  for (const { x, y } of sorted) {
    const before = blocks.at(-1)
    if (before?.last === x) {
      before.x += x
      before.y += y
      before.weight++
    } else blocks.push({ x, y, weight: 1, last: x })
  }
  const pooled: typeof blocks = []
  for (const block of blocks) {
    let now = block
    for (let before = pooled.at(-1); before && before.y / before.weight >= now.y / now.weight; before = pooled.at(-1)) {
      pooled.pop()
      now = { x: before.x + now.x, y: before.y + now.y, weight: before.weight + now.weight, last: now.last }
    }
    pooled.push(now)
  }
  return pooled.map(({ x, y, weight }) => ({ x: x / weight, y: y / weight }))
}

/** The value at x: straight lines between the points, and the first and last value outside of them. */
export function interpolate(points: readonly Point[], x: number): number {
  const at = points.findIndex((point) => point.x >= x)
  const [before, after] = at < 0 ? [points.at(-1), undefined] : [points[at - 1], points[at]]
  if (!before || !after) return (before ?? after)?.y ?? x
  return before.y + ((after.y - before.y) * (x - before.x)) / (after.x - before.x)
}
