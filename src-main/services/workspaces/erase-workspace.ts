/** Deletes a workspace for good, for the window and for the command line. */
import path from 'node:path'
import { AppError } from '#main/core/errors'
import type { WorkspaceErasure } from '#main/document/workspace-facts'
import { eraseWorkspace, measureWorkspace } from '#main/storage/erase-workspace'
import { forgetWorkspace } from './recent-workspaces.ts'

/** Facts about what would go. @throws AppError when there is no workspace, or a program has it open. */
export async function lookAtWorkspace(folder: string): Promise<WorkspaceErasure> {
  const { bytes, counts, stays } = await measureWorkspace(folder)
  return { folder, name: path.basename(folder), bytes, counts, stays }
}

/**
 * @param typed is to be the name of the folder.
 * @throws AppError 'cancelled' when it is not; as `lookAtWorkspace` does.
 */
export async function eraseForGood(folder: string, typed: string, config?: string): Promise<void> {
  const name = path.basename(folder)
  if (typed !== name)
    throw new AppError('cancelled', `Nothing was changed: "${typed}" is not the name of the workspace, "${name}".`)
  await eraseWorkspace(folder)
  await forgetWorkspace(folder, config)
}
