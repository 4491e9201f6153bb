/** Moves a workspace that nobody has open: what the program wrote in its folder, to a folder of the same disk or of another. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '#main/core/errors'
import { privateFolderMode } from '#main/files/private'
import { databaseName, workspaceNames } from '#main/storage/workspace-names'

/** @throws AppError when there is nothing to move, or the target is taken or within the workspace. */
export function assertMovable(from: string, to: string): void {
  if (!existsSync(path.join(from, databaseName))) throw new AppError('not-found', `${from} holds no workspace.`)
  if (path.resolve(to) === path.resolve(from)) throw new AppError('conflict', `The workspace is in ${to} already.`)
  if (path.resolve(to).startsWith(path.resolve(from) + path.sep))
    throw new AppError('conflict', `${to} is within the workspace. Choose a folder outside of it.`)
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new AppError('conflict', `${to} holds other things. Choose another folder.`)
}

/**
 * Moves it whole: when that fails on the way, everything is where it was.
 * @throws AppError as `assertMovable` does; Error of the file system.
 */
export function moveWorkspace(from: string, to: string): void {
  assertMovable(from, to)
  const names = readdirSync(from).filter((name) => workspaceNames.some((pattern) => pattern.test(name)))
  mkdirSync(to, { recursive: true, mode: privateFolderMode })
  const moved: string[] = []
  try {
    for (const name of names) {
      renameSync(path.join(from, name), path.join(to, name))
      moved.push(name)
    }
  } catch (error) {
    for (const name of moved) renameSync(path.join(to, name), path.join(from, name))
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    copyWorkspace(from, to, names)
  }
  if (readdirSync(from).length === 0) rmdirSync(from)
}

/** To another disk: the old files go when the new ones are all there. */
function copyWorkspace(from: string, to: string, names: readonly string[]): void {
  try {
    for (const name of names)
      cpSync(path.join(from, name), path.join(to, name), { recursive: true, preserveTimestamps: true, mode: 0 })
  } catch (error) {
    for (const name of names) rmSync(path.join(to, name), { recursive: true, force: true })
    throw error
  }
  for (const name of names) rmSync(path.join(from, name), { recursive: true, force: true })
}
