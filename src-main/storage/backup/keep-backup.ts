/**
 * Copies the open database into `espalier.backups` while others work on it: the copy is made and checked in threads, hashed, and appears
 * under its name when it is whole.
 */
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Finding } from '#main/core/finding'
import type { BackupReason, KeptBackup } from '#main/document/kept-backup'
import { syncFolder } from '#main/files/atomic'
import { assertRoom } from '#main/files/free-space'
import { writeThrough } from '#main/files/hashed'
import { pathSource } from '#main/files/path-source'
import { removeLeftParts } from '#main/files/left-parts'
import { pathBeside } from '#main/files/part-file'
import { makePrivateFolder, privateFileMode, privateFolderMode } from '#main/files/private'
import { hashSource } from '#main/files/save-source'
import { checkCopy } from '../check/check-copy.ts'
import type { Database } from '../database.ts'
import { schemaVersion } from '../migrations/migrations.ts'
import { databaseName } from '../workspace-names.ts'
import { manifestName, type BackupManifest } from './backup-manifest.ts'
import { copyDatabase } from './copy-database.ts'
import { keptFolder, nameFor, pruneKept, readKept } from './kept-backups.ts'
import { contentOf } from './write-backup.ts'

export interface KeepOptions {
  readonly reason: BackupReason
  /** Version of the program. */
  readonly version: string
  readonly nowMs: number
  /** True to check all of the copy, indexes and counts included; false for a quick check. */
  readonly isWhole: boolean
  /** Number of daily copies that are kept, this one included. */
  readonly daily: number
  readonly signal?: AbortSignal | undefined
}

export interface Kept {
  readonly backup: KeptBackup
  /** Damage that the check of the copy found. */
  readonly findings: readonly Finding[]
}

/** @throws AppError where there is no room for the copy; what the signal is aborted with. */
export async function keepBackup(root: string, database: Database, options: KeepOptions): Promise<Kept> {
  const { reason, nowMs, isWhole, signal } = options
  makePrivateFolder(keptFolder(root))
  await removeLeftParts(keptFolder(root, 'copy'))
  await assertRoom(root, (await stat(database.path)).size, 'The backup')
  const coming = pathBeside(keptFolder(root, 'copy'), 'part')
  await mkdir(coming, { mode: privateFolderMode })
  try {
    const file = join(coming, databaseName)
    const content = contentOf(database)
    await copyDatabase(database, file, { signal })
    const findings = await checkCopy(file, { isWhole, signal })
    for (const ending of ['-wal', '-shm']) await rm(`${file}${ending}`, { force: true })
    const manifest: BackupManifest = {
      ...{ kind: 'Espalier backup', layout: 1, espalier: options.version, schema: schemaVersion(database) },
      ...{ createdMs: nowMs, workspace: basename(root), reason, content },
      check: { isWhole, findings: findings.length },
      files: [{ path: databaseName, ...(await hashSource(pathSource(file, file, 0), { signal })) }],
    }
    const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
    await writeThrough(join(coming, manifestName), text, privateFileMode)
    signal?.throwIfAborted()
    const name = nameFor(root, reason, nowMs)
    await rename(coming, keptFolder(root, name))
    await syncFolder(keptFolder(root))
    pruneKept(root, options.daily)
    const backup = readKept(root, name)
    if (!backup) throw new Error(`${keptFolder(root, name)} went away while it was made`)
    return { backup, findings }
  } finally {
    await rm(coming, { recursive: true, force: true })
  }
}
