/** Filters of a sentence diff. */
import type { BreakdownCell } from '#main/evaluation/breakdowns'
import type { DiffEntry, DiffKind } from './sentence-diff.ts'

export interface DiffFilter {
  readonly kind?: DiffKind | undefined
  /** A relation type of one of its triples. */
  readonly type?: string | undefined
  readonly cell?: BreakdownCell | undefined
  /** Letters of its text or of a triple, in any case. */
  readonly search?: string | undefined
  /** Only sentences of which the early pass finds a gold triple that the final pass lacks. */
  readonly isLost?: boolean | undefined
  /** Only sentences of which a person marked that the gold is wrong. */
  readonly isMarked?: boolean | undefined
  /** Only these sentences. */
  readonly sentenceIds?: readonly number[] | undefined
}

/** The sentences that pass a filter. */
export function filterDiff(
  entries: readonly DiffEntry[],
  { kind, type, cell, search = '', sentenceIds, isLost: wantsLost, isMarked }: DiffFilter,
): DiffEntry[] {
  const wanted = search.trim().toLowerCase()
  return entries.filter(
    (entry) =>
      (kind === undefined || entry.kind === kind) &&
      (type === undefined || entry.types.has(type)) &&
      (wantsLost !== true || isLost(entry)) &&
      (isMarked !== true || entry.isMarked) &&
      (sentenceIds === undefined || sentenceIds.includes(entry.sentenceId)) &&
      (!cell || entry.cells.some(({ breakdown, label }) => breakdown === cell.breakdown && label === cell.label)) &&
      (wanted === '' || holds(entry, wanted)),
  )
}

function holds({ text, triples }: DiffEntry, wanted: string): boolean {
  if (text.toLowerCase().includes(wanted)) return true
  const strings = triples().flatMap(({ subject, type, object }) => [subject, type, object])
  return strings.some((string) => string.toLowerCase().includes(wanted))
}

/** Does an early pass of one of both find a gold triple that its final pass lacks? */
function isLost({ triples }: DiffEntry): boolean {
  return triples().some(
    ({ isGold, first, second, firstEarly, secondEarly }) =>
      isGold && ((firstEarly !== null && first === null) || (secondEarly !== null && second === null)),
  )
}
