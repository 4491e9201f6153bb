/** Selection of the most probable cells of a sentence that has more cells than are kept. */

/** Cells and their logits, in the order of their rows: cell number c is at [3c, 3c + 2] and [c]. */
interface CellArrays {
  readonly cells: Int32Array
  readonly logits: Float32Array
}

interface Kept {
  readonly count: number
  /** Logit that a later cell must reach to be kept; null while there is room. */
  readonly floor: number | null
}

/**
 * Moves the most probable of the first `count` cells to the front, at most `most` of them, in their order; of equally
 * probable cells the earlier are kept. It sorts plain numbers once: comparing cell by cell took nine tenths of the
 * time of an untrained model.
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
