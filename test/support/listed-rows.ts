/** Rows of results, made in this thread. */
import path from 'node:path'
import { openReadOnly } from '#main/storage/database'
import { listRows } from '#main/storage/extractions/list-rows'
import { openResults } from '#main/storage/extractions/results-file'
import type { Workspace } from '#main/storage/workspace'
import { databaseName } from '#main/storage/workspace-names'

/** Makes rows of all documents; or, where `killedAfter` says so, of those steps of it that a kill leaves. */
export function listNow({ folder }: Pick<Workspace, 'folder'>, extractionId: number, killedAfter = Infinity): void {
  const file = path.join(folder, databaseName)
  const [workspace, results] = [openReadOnly(file), openResults(file)]
  const steps = listRows({ workspace, results }, extractionId)
  try {
    for (let step = 0; step < killedAfter; step++) if (results.transaction(() => steps.next().done)) return
  } finally {
    workspace.close()
    results.close()
  }
}
