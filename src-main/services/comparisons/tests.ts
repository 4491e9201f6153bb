/** Tests of two rows, in the thread that reads; the answer is kept while the program runs, since it follows from its evaluations. */
import type { SystemDifference } from '#main/comparison/compare-systems'
import type { TestedRow } from '#main/comparison/tested-row'
import type { Reads } from '../reads/reads.ts'

export interface KeyedRow extends TestedRow {
  /** Ids of its runs. */
  readonly ids: readonly string[]
  /** Stands for the evaluations and the match mode that its counts are of. */
  readonly key: string
}

/** Number of answers that are kept. */
const most = 500

/** A test of the second row against the first, whose runs all have counts of the same sentences. */
export function createTests(
  reads: Pick<Reads, 'ask'>,
): (first: KeyedRow, second: KeyedRow) => Promise<SystemDifference> {
  const known = new Map<string, Promise<SystemDifference>>()
  return (first, second) => {
    const key = JSON.stringify([first.key, second.key])
    const kept = known.get(key)
    if (kept) return kept
    const countsOf = ({ runs }: TestedRow) => runs.flatMap(({ counts }) => counts ?? [])
    const answer = reads.ask(
      'testSystems',
      { first: countsOf(first), second: countsOf(second) },
      { isBeside: true }, // so that it does not wait behind the statistics of a corpus
    )
    if (known.size >= most) known.clear()
    known.set(key, answer)
    answer.catch(() => known.delete(key))
    return answer
  }
}
