/** Restores a backup, for the window and for the command line, which needs no open workspace for it. */
import type { RestoreReport } from '#main/api/workspaces'
import { restoreBackup, type RestoreOptions } from '#main/storage/backup/restore-backup'

export { finishRestore } from '#main/storage/backup/restore-backup'

/** @throws AppError as `restoreBackup` does. */
export async function restoreWorkspace(options: RestoreOptions): Promise<RestoreReport> {
  const { folder, kept, manifest } = await restoreBackup(options)
  return { folder, kept, createdMs: manifest.createdMs, content: manifest.content }
}
