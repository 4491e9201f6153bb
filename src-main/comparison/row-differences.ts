/** Differences of the rows of a comparison to one of them, with p-values corrected over all rows that are compared. */
import type { SystemDifference } from './compare-systems.ts'
import { holm } from './holm.ts'

export interface CorrectedDifference extends SystemDifference {
  /** By Holm over the rows of the table. */
  readonly correctedP: number
}

export interface RowDifference {
  readonly label: string
  /** Null for the baseline itself, and where the row is not compared. */
  readonly difference: CorrectedDifference | null
  /** Why the row is not compared, with the way out; null where it is. */
  readonly why: string | null
}

export interface Differences {
  /** Label of the row that the others are compared with. */
  readonly baseline: string
  /** The other rows, in the order of the table. */
  readonly rows: readonly RowDifference[]
  /** What the table allows to conclude, in plain sentences. */
  readonly verdict: readonly string[]
}

export function correctDifferences(
  rows: readonly {
    readonly label: string
    readonly difference: SystemDifference | null
    readonly why: string | null
  }[],
): RowDifference[] {
  const corrected = holm(rows.flatMap(({ difference }) => (difference ? [difference.p] : [])))
  let next = 0
  return rows.map(({ label, difference, why }) => ({
    ...{ label, why },
    difference: difference && { ...difference, correctedP: corrected[next++] ?? 1 },
  }))
}

/** Level of significance. */
export const level = 0.05

/** What a difference allows to say: it is there, or it cannot be told from chance, or the two methods disagree. */
export function findingOf({ low, high, correctedP }: CorrectedDifference): 'different' | 'not told apart' | 'disputed' {
  const isOutside = low > 0 || high < 0
  if (isOutside !== correctedP < level) return 'disputed'
  return isOutside ? 'different' : 'not told apart'
}
