/**
 * Restores a backup as a workspace: everything is copied beside the place and checked against its SHA-256 first, then put in
 * the place by renaming. A kill leaves the old workspace or the new one, if need be finished at the next opening.
 */
import { existsSync, readdirSync, renameSync } from 'node:fs'
import { mkdir, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { AppError } from '#main/core/errors'
import { syncFolder } from '#main/files/atomic'
import { assertRoom } from '#main/files/free-space'
import { removeLeftParts } from '#main/files/left-parts'
import { pathBeside } from '#main/files/part-file'
import { makePrivateFolder, privateFolderMode } from '#main/files/private'
import { saveSource } from '#main/files/save-source'
import { unwritable } from '#main/files/unwritable'
import { assertClosed } from '../own-database.ts'
import { databaseName } from '../workspace-names.ts'
import type { BackedUpFile, BackupManifest } from './backup-manifest.ts'
import { openBackup, type OpenBackup } from './read-backup.ts'

export interface RestoreOptions {
  /** Folder or archive that `writeBackup` wrote. */
  readonly from: string
  /** Folder of the workspace: a new or an empty one, unless it may be replaced. */
  readonly into: string
  /** True to put a workspace that is there aside; it is kept under another name. */
  readonly replace?: boolean
  readonly nowMs: number
  readonly signal?: AbortSignal | undefined
  /** Called with the share of the work that is done, 0 to 1, and the file at hand. */
  readonly onProgress?: (share: number, what: string) => void
}

export interface RestoredWorkspace {
  readonly folder: string
  /** Folder in which the workspace that was there is kept; null where there was none. */
  readonly kept: string | null
  readonly manifest: BackupManifest
}

/** @throws AppError naming the file that is damaged, the newer version, or why the place cannot be taken; nothing is changed then. */
export async function restoreBackup(options: RestoreOptions): Promise<RestoredWorkspace> {
  const folder = resolve(options.into)
  finishRestore(folder)
  refusePlace(folder, options.replace ?? false)
  const backup = await openBackup(options.from)
  try {
    makePrivateFolder(dirname(folder))
  } catch (error) {
    throw unwritable(folder, error)
  }
  await removeLeftParts(folder)
  await assertRoom(dirname(folder), sizeOf(backup.manifest), 'The workspace')
  const coming = pathBeside(folder, 'part')
  try {
    await copyChecked(backup, coming, options)
    options.signal?.throwIfAborted()
    const kept = await takePlace(coming, folder, options)
    return { folder, kept, manifest: backup.manifest }
  } catch (error) {
    throw options.signal?.aborted ? options.signal.reason : unwritable(folder, error)
  } finally {
    await rm(coming, { recursive: true, force: true })
  }
}

/**
 * Puts a restored workspace in its place that a kill left beside it, complete and checked, with the place empty already.
 * @throws Error of the file system.
 */
export function finishRestore(folder: string): void {
  const ready = readyPlace(folder)
  if (!existsSync(folder) && existsSync(join(ready, databaseName))) renameSync(ready, folder)
}

const readyPlace = (folder: string): string => `${folder}.espalier-restored`

function refusePlace(folder: string, replace: boolean): void {
  if (!existsSync(folder)) return
  const names = listFolder(folder)
  if (names.length === 0) return
  if (!names.includes(databaseName))
    throw new AppError('conflict', `${folder} holds other things. Choose a new folder, or an empty one.`)
  if (!replace)
    throw new AppError(
      'conflict',
      `${folder} holds a workspace already. Choose a new folder, or say that it is to be replaced: it is then kept under another name.`,
    )
  assertClosed(folder)
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw unwritable(folder, error)
  }
}

function sizeOf({ files }: BackupManifest): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

async function copyChecked(backup: OpenBackup, coming: string, { signal, onProgress }: RestoreOptions): Promise<void> {
  const { manifest } = backup
  const total = sizeOf(manifest)
  let done = 0
  const folders = new Set<string>()
  await mkdir(coming, { mode: privateFolderMode })
  for (const file of manifest.files) {
    const target = join(coming, file.path)
    folders.add(dirname(target))
    await mkdir(dirname(target), { recursive: true, mode: privateFolderMode })
    const onPiece = (bytes: number): void =>
      onProgress?.(total === 0 ? 0 : Math.min((done += bytes) / total, 1), file.path)
    const saved = await saveSource(backup.source(file.path), target, { signal, onPiece })
    if (saved.bytes !== file.bytes || saved.sha256 !== file.sha256) throw notAsWritten(backup, file)
  }
  for (const folder of [...folders, coming]) await syncFolder(folder)
}

function notAsWritten({ place }: OpenBackup, { path }: BackedUpFile): AppError {
  return new AppError(
    'storage',
    `${place} is damaged: ${path} does not have the SHA-256 that backup.json states. Nothing was restored. Choose another backup.`,
  )
}

/** Resolves with where the former workspace is kept. */
async function takePlace(coming: string, folder: string, { replace, nowMs }: RestoreOptions): Promise<string | null> {
  const ready = readyPlace(folder)
  await rm(ready, { recursive: true, force: true }) // a copy of a backup that was never put in its place
  await rename(coming, ready)
  await syncFolder(dirname(folder))
  let kept: string | null = null
  try {
    refusePlace(folder, replace ?? false) // minutes may have passed
    if (existsSync(join(folder, databaseName))) {
      kept = freeName(`${folder}.before-restore-${new Date(nowMs).toISOString().slice(0, 10)}`)
      renameSync(folder, kept)
    } else await rmdir(folder).catch(() => undefined) // an empty one, or none
  } catch (error) {
    await rm(ready, { recursive: true, force: true })
    throw error
  }
  renameSync(ready, folder)
  await syncFolder(dirname(folder))
  return kept
}

function freeName(wanted: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!existsSync(name)) return name
  }
}
