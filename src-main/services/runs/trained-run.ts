/** The run that extracts: one that has weights. */
import { AppError } from '#main/core/errors'
import type { Run } from '#main/runs/run'
import type { Workspace } from '#main/storage/workspace'

/** @throws AppError 'conflict' when it has no checkpoint yet; 'not-found' when it is gone or in the bin. */
export function trainedRun(workspace: Workspace, runId: string): Run {
  workspace.known.run(runId)
  const run = workspace.runs.find(runId)
  if (run.bestEpoch === null)
    throw new AppError('conflict', `${run.name} has no checkpoint yet: let it finish at least one epoch first.`)
  return run
}
