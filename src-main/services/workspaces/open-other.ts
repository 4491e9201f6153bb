/** Opens another workspace in place of the one that is open, where the shell can; else says what to type. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { OpenedReport } from '#main/api/workspaces'
import { AppError } from '#main/core/errors'
import { openWorkspace } from '#main/storage/workspace'

export interface OtherWorkspace {
  /** The one that is open. */
  readonly current: string
  readonly folder: string
  /** True for a workspace that is to be made. */
  readonly create: boolean
}

/** Resolves with the address of its window, or null when the program starts again by itself. */
export type OpenOther = (folder: string) => Promise<string | null>

/** @throws AppError when there is no such workspace, it cannot be opened, or the place for a new one is taken. */
export async function openOtherWorkspace(other: OtherWorkspace, openOther?: OpenOther): Promise<OpenedReport> {
  const { current, folder, create } = other
  if (folder === current) throw new AppError('conflict', `${folder} is the workspace that is open.`)
  const names = existsSync(folder) ? readdirSync(folder) : []
  const isThere = names.includes('espalier.sqlite')
  if (create && names.length > 0)
    throw new AppError(
      'conflict',
      isThere
        ? `${folder} holds a workspace already. Open it, or choose a new folder.`
        : `${folder} holds other things. Choose a new folder, or an empty one.`,
    )
  if (!create && !isThere)
    throw new AppError('not-found', `${folder} holds no workspace. Check the path, or create one there.`)
  try {
    openWorkspace(folder).close() // damage and newer versions are told here, while this one is still open
  } catch (error) {
    if (!openOther || !(error instanceof AppError && error.code === 'conflict')) throw error
  }
  if (!openOther) return { url: null, command: `npm start -- --workspace "${folder}"` }
  return { url: await openOther(path.resolve(folder)), command: null }
}
