/** Which of many cells are kept when there are more than a sentence has room for. */

/** Cells and their logits, in the order of their rows: number c stands at [3c, 3c + 2] and [c]. */
interface CellArrays {
  readonly cells: Int32Array
  readonly logits: Float32Array
}

interface Kept {
  readonly count: number
  /** What a later cell must reach to be among the kept ones; null where there is still room. */
  readonly floor: number | null
}

/**
 * Moves the most probable of the first `count` cells to the front, `most` of them at most, and leaves their order as it
 * is; of equally probable ones the earlier stay. One sort of plain numbers: comparing cell by cell took nine tenths of
 * the time that a model needed which had learnt nothing yet.
 */
export function keepMostProbable({ cells, logits }: CellArrays, count: number, most: number): Kept {
  if (count <= most) return { count, floor: null }
  const sorted = logits.slice(0, count).sort()
  const floor = sorted[count - most] ?? Infinity
  let higher = 0
  for (let at = count - most; at < count; at++) if ((sorted[at] ?? 0) > floor) higher++
  let equal = most - higher
  let kept = 0
  for (let at = 0; at < count && kept < most; at++) {
    const logit = logits[at] ?? 0
    if (!(logit > floor) && (logit !== floor || equal-- <= 0)) continue
    cells.copyWithin(3 * kept, 3 * at, 3 * at + 3)
    logits[kept++] = logit
  }
  return { count: kept, floor }
}
