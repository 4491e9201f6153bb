/** The run of a corpus that suggests unless a person chose another one. */
import type { Run } from './run.ts'

/**
 * The run with the best F1 on dev among those with weights: one that knows both tasks first, since the F1 of a single task is another
 * measure, and the newer of two equal ones. Undefined where no run has weights.
 */
export function bestRun(runs: readonly Run[], corpusId: number): Run | undefined {
  return runs
    .filter((run) => run.corpusId === corpusId && run.bestEpoch !== null)
    .toSorted(
      (a, b) =>
        b.config.model.tasks.length - a.config.model.tasks.length ||
        (b.bestDev?.f1 ?? 0) - (a.bestDev?.f1 ?? 0) ||
        b.createdMs - a.createdMs,
    )[0]
}
