/**
 * Copies the database before its schema changes, while nobody works on it yet. The copy is there, on the disk and hashed, before the first
 * migration begins, so that a fault in a migration loses nothing.
 */
import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#main/core/errors'
import { makePrivateFolder, privateFileMode, privateFolderMode } from '#main/files/private'
import type { Database } from '../database.ts'
import { schemaVersion } from '../migrations/migrations.ts'
import { databaseName } from '../workspace-names.ts'
import { manifestName, type BackupManifest } from './backup-manifest.ts'
import { keptFolder, nameFor, pruneKept } from './kept-backups.ts'

interface Moment {
  readonly nowMs: number
  /** Version of the program. */
  readonly version: string
}

/** @throws AppError 'storage' where there is no room: the schema then stays as it is. */
export function keepBeforeMigration(root: string, database: Database, { nowMs, version }: Moment): void {
  refuseWithoutRoom(root, database)
  const name = nameFor(root, 'migration', nowMs)
  const coming = `${keptFolder(root, name)}.part`
  makePrivateFolder(keptFolder(root))
  rmSync(coming, { recursive: true, force: true })
  mkdirSync(coming, { mode: privateFolderMode })
  try {
    const file = join(coming, databaseName)
    closeSync(openSync(file, 'wx', privateFileMode)) // SQLite takes an empty file, and its mode with it
    database.run('VACUUM INTO ?', file)
    const manifest: BackupManifest = {
      ...{ kind: 'Espalier backup', layout: 1, espalier: version, schema: schemaVersion(database), createdMs: nowMs },
      ...{ workspace: basename(root), reason: 'migration', content: contentOf(database) },
      files: [{ path: databaseName, ...sumOf(file) }],
    }
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    writeFileSync(join(coming, manifestName), text, { mode: privateFileMode, flush: true })
    renameSync(coming, keptFolder(root, name))
  } catch (error) {
    rmSync(coming, { recursive: true, force: true })
    throw error
  }
  pruneKept(root)
}

function refuseWithoutRoom(root: string, database: Database): void {
  const { bavail, bsize } = statfsSync(root)
  const needed = statSync(database.path).size + (statSync(`${database.path}-wal`, { throwIfNoEntry: false })?.size ?? 0)
  if (bavail * bsize > needed) return
  throw new AppError(
    'storage',
    `The workspace ${root} is of an older version. Before it is brought to this one its database is copied, which needs ${Math.ceil(needed / 1e6)} MB, and the disk has ${Math.floor((bavail * bsize) / 1e6)} MB left. Free some space there and start Espalier again; nothing was changed.`,
  )
}

/** Counts of what any schema has. */
function contentOf(database: Database): BackupManifest['content'] {
  const count = (table: string): number =>
    database.get<{ count: number }>(`SELECT count(*) AS count FROM ${table}`)?.count ?? 0
  return { corpora: count('corpus'), sentences: count('sentence'), runs: count('run') }
}

/** Size and SHA-256 of a file, which is on the disk then. */
function sumOf(file: string): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256')
  const piece = new Uint8Array(2 ** 20)
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
    let bytes = 0
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      hash.update(piece.subarray(0, read))
      bytes += read
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    closeSync(handle)
  }
}
