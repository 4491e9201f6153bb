/** The blind share: sentences that come without suggestions, so that one can see how much suggestions lead astray. */
import { drawOf } from './seeded-draw.ts'

/** Is this sentence one of the `share` (0 to 1) that are blind? The same seed always draws the same ones. */
export function isBlind(sentenceId: number, share: number, seed: number): boolean {
  return share > 0 && drawOf(seed, sentenceId) < share
}

interface Placed {
  readonly sentenceId: number
}

/** Another lot than the one that makes a sentence blind. */
const placing = 1

/**
 * Blind sentences among others that a run has ordered: each right before one of them that the seed draws, so that its
 * place tells nothing of what the run thinks. It keeps that neighbour until the neighbour itself is done.
 */
export function placeBlind<Row extends Placed>(ordered: readonly Row[], blind: readonly Row[], seed: number): Row[] {
  const draw = ({ sentenceId }: Placed) => drawOf(seed, sentenceId, placing)
  // all on one ring: a blind sentence stands before whoever comes next on it
  const ring = ordered.map((row) => ({ row, at: draw(row) })).sort((a, b) => a.at - b.at)
  const before = Map.groupBy(
    blind.toSorted((a, b) => draw(a) - draw(b)),
    (row) => (ring[firstFrom(ring, draw(row))] ?? ring[0])?.row.sentenceId,
  )
  if (ring.length === 0) return [...blind]
  return ordered.flatMap((row) => [...(before.get(row.sentenceId) ?? []), row])
}

/** Index of the first that is at or after a point; the length when there is none. */
function firstFrom(sorted: readonly { readonly at: number }[], point: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.at ?? 0) < point) low = middle + 1
    else high = middle
  }
  return low
}
