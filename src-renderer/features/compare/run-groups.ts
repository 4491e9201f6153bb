/** Groups chosen runs as the table does: those that differ by their seed alone share a label. */
import { labelGroups, type RowNames } from '#main/comparison/run-groups'
import type { Run } from '#main/runs/run'

export interface LabelledRuns {
  readonly label: string
  readonly runs: readonly Run[]
}

export function groupForComparison(runs: readonly Run[], names: RowNames = {}): LabelledRuns[] {
  const groupable = runs.map((run) => {
    const { config, fromRunId, data } = run
    return { run, runId: run.runId, config, fromRunId, trainSha256: data.splits.train.sha256 }
  })
  return labelGroups(groupable, names).map((group) => ({ label: group.label, runs: group.runs.map(({ run }) => run) }))
}
