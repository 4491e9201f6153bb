/** A corpus that was changed after a run was made: the run may start on it, but not go on in the middle. */
import { AppError } from '#main/core/errors'
import type { Split } from '#main/document/doc'
import type { Run } from '#main/runs/run'
import type { Workspace } from '#main/storage/workspace'
import { hasState } from './run-checkpoint.ts'
import { changedSplits, readRunData, type RunData } from './run-data.ts'

/**
 * A checkpoint within an epoch fits only the sentences that the epoch began with.
 * @throws AppError conflict where a run with a checkpoint would go on with others.
 */
export async function assertSameData(workspace: Workspace, run: Run): Promise<void> {
  const data = await readRunData(workspace, run.corpusId)
  assertCanMeet(workspace, run, data, await changedSplits(data, run))
}

/** @throws AppError conflict where a run with a checkpoint would go on with a changed split. */
export function assertCanMeet(workspace: Workspace, run: Run, data: RunData, [changed]: readonly Split[]): void {
  if (changed !== undefined && hasState(workspace, run.runId))
    throw new AppError(
      'conflict',
      `The ${changed} split of "${data.corpusName}" has changed since ${run.name} was trained on it, so it cannot go on. Start a new run from its weights instead.`,
    )
}
