/** The blind share: sentences that come without suggestions, so that one can see how much suggestions lead astray. */
import { drawOf } from './seeded-draw.ts'

/** A share (0 to 1) of the sentences is blind. The same seed always draws the same sentences. */
export function isBlind(sentenceId: number, share: number, seed: number): boolean {
  return share > 0 && drawOf(seed, sentenceId) < share
}

interface Placed {
  readonly sentenceId: number
}

/** Number that keeps this draw independent of the one that makes a sentence blind. */
const placing = 1

/** Place of a sentence on the ring, 0 to 1, by which blind sentences are mixed into a queue; it says nothing of what any run predicts. */
export function placeOf(seed: number, sentenceId: number): number {
  return drawOf(seed, sentenceId, placing)
}

/**
 * Merges blind sentences into a list that a run has ordered. All of them lie on one ring, in the order of their places and then of their
 * ids, and a blind one stands before the next one of the list on it. So it keeps its neighbour until that one itself is done.
 */
export function placeBlind<Row extends Placed>(ordered: readonly Row[], blind: readonly Row[], seed: number): Row[] {
  if (ordered.length === 0) return [...blind]
  const toEntry = (isBlind: boolean) => (row: Row) => ({ row, isBlind, at: placeOf(seed, row.sentenceId) })
  const ring = [...ordered.map(toEntry(false)), ...blind.map(toEntry(true))].sort(
    (a, b) => a.at - b.at || a.row.sentenceId - b.row.sentenceId,
  )
  // the ring is gone round from behind the last one of the list
  const end = ring.findLastIndex(({ isBlind: own }) => !own) + 1
  const before = new Map<number, Row[]>()
  let waiting: Row[] = []
  for (const { row, isBlind: own } of [...ring.slice(end), ...ring.slice(0, end)])
    if (own) waiting.push(row)
    else {
      before.set(row.sentenceId, waiting)
      waiting = []
    }
  return ordered.flatMap((row) => [...(before.get(row.sentenceId) ?? []), row])
}
