/** Erases a workspace that nobody has open: what the program wrote in its folder, and the folder when nothing else is in it. */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { lstat, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#main/core/errors'
import { filesUnder } from '#main/files/pack-folder'
import { privateFolderMode } from '#main/files/private'
import { unwritable } from '#main/files/unwritable'
import { openDatabase } from './database.ts'
import { assertClosed } from './own-database.ts'
import { databaseName, erasedName, workspaceNames } from './workspace-names.ts'

export interface WorkspaceContent {
  readonly bytes: number
  /** Names in the folder that go. */
  readonly goes: readonly string[]
  /** Names in the folder that the program did not write, and which stay. */
  readonly stays: readonly string[]
  /** null where the database cannot be read. */
  readonly counts: { readonly corpora: number; readonly sentences: number; readonly runs: number } | null
}

/** @throws AppError when the folder holds no workspace, or one that a program has open. */
export async function measureWorkspace(folder: string): Promise<WorkspaceContent> {
  if (!existsSync(join(folder, databaseName)))
    throw new AppError('not-found', `${folder} holds no workspace: there is no ${databaseName} in it. Check the path.`)
  assertClosed(folder)
  const counts = countIn(folder)
  const names = readdirSync(folder)
  const goes = names.filter((name) => workspaceNames.some((pattern) => pattern.test(name)))
  let bytes = 0
  for (const name of goes) bytes += await sizeOf(join(folder, name))
  return { bytes, goes, stays: names.filter((name) => !goes.includes(name)), counts }
}

/**
 * The workspace is gone at once, the database first; a kill leaves files that nobody reads, and which go with the next opening.
 * @throws AppError as `measureWorkspace` does; 'storage' when the folder may not be written to.
 */
export async function eraseWorkspace(folder: string): Promise<void> {
  const { goes } = await measureWorkspace(folder)
  const erased = join(folder, erasedName)
  try {
    await rm(erased, { recursive: true, force: true })
    mkdirSync(erased, { mode: privateFolderMode })
    const ordered = [databaseName, ...goes.filter((name) => name !== databaseName && name !== erasedName)]
    for (const name of ordered) renameSync(join(folder, name), join(erased, name))
    await rm(erased, { recursive: true, force: true })
  } catch (error) {
    throw unwritable(folder, error)
  }
  await rmdir(folder).catch(() => undefined) // something else is in it
}

function countIn(folder: string): WorkspaceContent['counts'] {
  try {
    const database = openDatabase(join(folder, databaseName))
    try {
      const count = (sql: string): number => database.get<{ count: number }>(sql)?.count ?? 0
      return {
        corpora: count('SELECT count(*) AS count FROM corpus WHERE is_staging = 0'),
        sentences: count('SELECT count(*) AS count FROM sentence'),
        runs: count('SELECT count(*) AS count FROM run'),
      }
    } finally {
      database.close()
    }
  } catch {
    return null // damaged, or of another version: it can be erased all the same
  }
}

async function sizeOf(place: string): Promise<number> {
  const found = await lstat(place)
  if (!found.isDirectory()) return found.size
  let bytes = 0
  for (const name of await filesUnder(place)) bytes += (await lstat(join(place, name))).size
  return bytes
}
