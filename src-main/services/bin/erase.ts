/** Erasing: what leaves the bin for good, in the database at once, on the disk as soon as it can. */
import type { Workspace } from '#main/storage/workspace'

/** The corpus of the entry is left to the eraser, the checkpoints of its runs to `dropErased`. */
export function eraseEntry({ bin, eraser }: Workspace, binId: number): void {
  const corpusId = bin.erase(binId)
  if (corpusId !== null) eraser.add(corpusId)
}

/** Erases what was removed thirty days ago or before. A disk that is too full for it does not keep the workspace closed. */
export async function eraseExpired(workspace: Workspace, nowMs: number): Promise<void> {
  try {
    for (const binId of workspace.bin.expired(nowMs)) eraseEntry(workspace, binId)
  } catch {
    // it is tried again at the next opening
  }
  await dropErased(workspace)
}

/** Removes the checkpoints of erased runs. What cannot be removed stays until the next time: no other work is to fail for it. */
export async function dropErased({ bin, checkpoints }: Workspace): Promise<void> {
  for (const runId of bin.runsToClear())
    try {
      await checkpoints.remove(runId)
      bin.markCleared(runId)
    } catch {
      // it is tried again when something is erased, and when the workspace opens
    }
}
