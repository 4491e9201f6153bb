/**
 * Puts a kept copy in place of the database of a workspace that nobody has open. The copy is checked against its SHA-256 on its way; the
 * database that was there becomes a kept copy itself. A kill leaves the old database or the new one, if need be finished at the next opening.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '#main/core/errors'
import type { KeptBackup } from '#main/document/kept-backup'
import { syncFolder } from '#main/files/atomic'
import { pathSource } from '#main/files/path-source'
import { assertRoom } from '#main/files/free-space'
import { pathBeside } from '#main/files/part-file'
import { makePrivateFolder, privateFileMode, privateFolderMode } from '#main/files/private'
import { hashSource, saveSource } from '#main/files/save-source'
import { unwritable } from '#main/files/unwritable'
import { openDatabase } from '../database.ts'
import { schemaVersion } from '../migrations/migrations.ts'
import { assertClosed } from '../own-database.ts'
import { databaseName, restoringName, resultsName } from '../workspace-names.ts'
import { manifestName, type BackupManifest } from './backup-manifest.ts'
import { keptFolder, listKept, nameFor, pruneKept, readKept } from './kept-backups.ts'
import { openBackup } from './read-backup.ts'
import { contentOf } from './write-backup.ts'

export interface PutBack {
  readonly backup: KeptBackup
  /** Folder in which the database that was there is kept; null where there was none. */
  readonly kept: string | null
}

interface Moment {
  readonly nowMs: number
  /** Version of the program. */
  readonly version: string
}

/** @throws AppError naming the copy that is missing or damaged, or the program that has the workspace open; nothing is changed then. */
export async function putBack(root: string, name: string, moment: Moment): Promise<PutBack> {
  finishPuttingBack(root)
  const backup = findKept(root, name)
  assertClosed(root)
  await assertRoom(root, backup.bytes, 'The copy')
  const coming = pathBeside(join(root, restoringName), 'part')
  try {
    await copyInto(coming, keptFolder(root, backup.name))
    const kept = await setAside(root, moment)
    for (const ending of ['', '-wal', '-shm']) rmSync(join(root, `${resultsName}${ending}`), { force: true }) // made again
    renameSync(coming, join(root, restoringName))
    await syncFolder(root)
    if (kept) moveDatabase(root, kept)
    renameSync(join(root, restoringName), join(root, databaseName))
    await syncFolder(root)
    pruneKept(root)
    return { backup, kept }
  } catch (error) {
    throw unwritable(root, error)
  } finally {
    await rm(coming, { force: true })
  }
}

/** Puts a copy in its place that a kill left beside it, with the place empty already. @throws Error of the file system. */
export function finishPuttingBack(root: string): void {
  const ready = join(root, restoringName)
  if (!existsSync(ready)) return
  if (existsSync(join(root, databaseName))) return rmSync(ready)
  // a log of the former database does not belong to the copy
  for (const ending of ['-wal', '-shm']) rmSync(join(root, `${databaseName}${ending}`), { force: true })
  renameSync(ready, join(root, databaseName))
}

/** @throws AppError 'not-found' that lists the copies there are. */
export function findKept(root: string, name: string): KeptBackup {
  const named = name === 'latest' ? listKept(root)[0] : readKept(root, name)
  if (named) return named
  const names = listKept(root).map((each) => each.name)
  throw new AppError(
    'not-found',
    names.length === 0
      ? `There is no backup in ${keptFolder(root)}. A backup that you made elsewhere is restored with "espalier restore-workspace".`
      : `There is no backup "${name}". There are: ${names.join(', ')}.`,
  )
}

async function copyInto(coming: string, folder: string): Promise<void> {
  const source = await openBackup(folder)
  const wanted = source.manifest.files.find(({ path }) => path === databaseName)
  const saved = await saveSource(source.source(databaseName), coming)
  if (wanted && saved.sha256 === wanted.sha256) return
  throw new AppError(
    'storage',
    `${join(folder, databaseName)} is damaged: it does not have the SHA-256 that backup.json states. Nothing was restored. Choose another backup.`,
  )
}

/**
 * Makes a folder for the database that is there, and answers with its path. Where it can be read the folder is a kept copy; a damaged one
 * is put aside as it is.
 */
async function setAside(root: string, { nowMs, version }: Moment): Promise<string | null> {
  const file = join(root, databaseName)
  if (!existsSync(file)) return null
  const folder = keptFolder(root, nameFor(root, 'restore', nowMs))
  makePrivateFolder(keptFolder(root))
  mkdirSync(folder, { mode: privateFolderMode })
  const about = describe(file)
  if (!about || existsSync(`${file}-wal`)) return folder
  const manifest: BackupManifest = {
    ...{ kind: 'Espalier backup', layout: 1, espalier: version, createdMs: nowMs, reason: 'restore' },
    ...{ workspace: basename(root), ...about },
    files: [{ path: databaseName, ...(await hashSource(pathSource(file, file, 0))) }],
  }
  await writeFile(join(folder, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: privateFileMode })
  return folder
}

/** Schema and counts of a database, all of whose log is in it afterwards; null where it is damaged. */
function describe(file: string): Pick<BackupManifest, 'schema' | 'content'> | null {
  try {
    const database = openDatabase(file)
    try {
      database.truncateLog()
      return { schema: schemaVersion(database), content: contentOf(database) }
    } finally {
      database.close()
    }
  } catch {
    return null
  }
}

/** Moves the database, with its log where that could not be moved into it. The log is copied first: without it the database would lack acts. */
function moveDatabase(root: string, folder: string): void {
  const log = `${databaseName}-wal`
  if (existsSync(join(root, log))) copyFileSync(join(root, log), join(folder, log))
  renameSync(join(root, databaseName), join(folder, databaseName))
  for (const ending of ['-wal', '-shm']) rmSync(join(root, `${databaseName}${ending}`), { force: true })
}
