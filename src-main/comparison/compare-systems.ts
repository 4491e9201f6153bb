/** Comparison of two systems on the same sentences: the difference of their mean F1, its interval, and a p-value. */
import { pairedBootstrap } from './paired-bootstrap.ts'
import { randomizationTest } from './randomization-test.ts'
import { createCountTable, f1OfRuns, meanOf, type SystemCounts } from './count-table.ts'

export interface SystemDifference {
  /** F1 of the second system less that of the first, each the mean over its runs. */
  readonly difference: number
  /** Bounds of the 95 % interval by the paired bootstrap. */
  readonly low: number
  readonly high: number
  /** The p of the approximate randomisation test, not corrected. */
  readonly p: number
}

export interface TestSettings {
  readonly seed: number
  readonly resamples: number
  readonly shuffles: number
}

export const usualTest: TestSettings = { seed: 1, resamples: 10_000, shuffles: 10_000 }

/** @throws RangeError where a system has no run, or the runs are not of the same sentences. */
export function* compareSystems(
  first: SystemCounts,
  second: SystemCounts,
  { seed, resamples, shuffles }: TestSettings = usualTest,
): Generator<void, SystemDifference> {
  const table = createCountTable(first, second)
  const f1s = f1OfRuns(table)
  const { low, high } = yield* pairedBootstrap(table, { seed, resamples })
  const p = yield* randomizationTest(table, { seed, shuffles })
  return { difference: meanOf(f1s.second) - meanOf(f1s.first), low, high, p }
}
