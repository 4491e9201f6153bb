/** The blind share: sentences that come without suggestions, so that one can see how much suggestions lead astray. */
import { drawOf } from './seeded-draw.ts'

/** Whether this sentence belongs to the blind `share` (0 to 1). The same seed always draws the same sentences. */
export function isBlind(sentenceId: number, share: number, seed: number): boolean {
  return share > 0 && drawOf(seed, sentenceId) < share
}

interface Placed {
  readonly sentenceId: number
}

/** Number that keeps this draw independent of the one that makes a sentence blind. */
const placing = 1

/**
 * Merges blind sentences into a list that a run has ordered. The seed draws a neighbour for each, so that its place says nothing
 * of what the run predicts; it keeps that neighbour until the neighbour itself is done.
 */
export function placeBlind<Row extends Placed>(ordered: readonly Row[], blind: readonly Row[], seed: number): Row[] {
  const draw = ({ sentenceId }: Placed) => drawOf(seed, sentenceId, placing)
  // the sentences lie on one ring, and a blind one stands before the next one on it
  const ring = ordered.map((row) => ({ row, at: draw(row) })).sort((a, b) => a.at - b.at)
  const before = Map.groupBy(
    blind.toSorted((a, b) => draw(a) - draw(b)),
    (row) => (ring[firstFrom(ring, draw(row))] ?? ring[0])?.row.sentenceId,
  )
  if (ring.length === 0) return [...blind]
  return ordered.flatMap((row) => [...(before.get(row.sentenceId) ?? []), row])
}

/** Index of the first entry at or after a point; the length when there is none. */
function firstFrom(sorted: readonly { readonly at: number }[], point: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.at ?? 0) < point) low = middle + 1
    else high = middle
  }
  return low
}
