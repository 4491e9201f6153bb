/** BackupManifest: what a backup holds, in its file `backup.json`, with the SHA-256 of every other file. */
import { AppError } from '#main/core/errors'
import type { BackupReason, KeptBackup } from '#main/document/kept-backup'
import { isPlainName } from '#main/files/plain-name'
import { migrations } from '../migrations/migrations.ts'
import { databaseName } from '../workspace-names.ts'

export const manifestName = 'backup.json'

/** Folders of a workspace that a backup holds; all else there belongs to the machine or can be made again. */
export const backedUpFolders = ['checkpoints', 'encoders'] as const

export interface BackupManifest {
  readonly kind: 'Espalier backup'
  /** Version of this layout. */
  readonly layout: 1
  /** Version of the program that wrote it. */
  readonly espalier: string
  /** Version of the database's schema. */
  readonly schema: number
  /** Milliseconds since 1970. */
  readonly createdMs: number
  /** Name of the workspace's folder. */
  readonly workspace: string
  readonly content: KeptBackup['content']
  readonly files: readonly BackedUpFile[]
  /** Why the program made it by itself; absent from a backup that somebody asked for. */
  readonly reason?: BackupReason
  /** How the copy was checked before it was kept, and how many findings there were. */
  readonly check?: NonNullable<KeptBackup['check']>
}

export interface BackedUpFile {
  /** Relative to the backup, with "/" between folders. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/**
 * @param place what messages call the backup.
 * @throws AppError naming what is wrong with it, or the version that wrote it where that is newer than this program.
 */
export function parseManifest(text: string, place: string): BackupManifest {
  const value = parseJson(text, place)
  const { kind, layout, schema, espalier, createdMs, workspace, content, files } = value
  if (kind !== 'Espalier backup') throw damaged(place, 'its "kind" is not "Espalier backup"')
  if (typeof layout !== 'number' || typeof schema !== 'number' || typeof espalier !== 'string')
    throw damaged(place, '"layout" and "schema" are to be numbers, and "espalier" a version')
  if (layout > 1 || schema > migrations.length)
    throw new AppError(
      'unsupported-format',
      `${place} was written by Espalier ${espalier}, which is newer than this program (schema ${schema}, known up to ${migrations.length}). Update Espalier, then restore it.`,
    )
  if (typeof createdMs !== 'number' || typeof workspace !== 'string')
    throw damaged(place, '"createdMs" is to be a number and "workspace" a name')
  if (typeof content !== 'object' || content === null || !Array.isArray(files))
    throw damaged(place, '"content" is to be an object and "files" a list')
  files.forEach((file, at) => assertFile(file, at, place))
  const paths = new Set((files as BackedUpFile[]).map(({ path }) => path))
  if (paths.size < files.length) throw damaged(place, '"files" names a file twice')
  if (!paths.has(databaseName)) throw damaged(place, `"files" does not name ${databaseName}`)
  return value as unknown as BackupManifest // every field has been looked at
}

function parseJson(text: string, place: string): Readonly<Record<string, unknown>> {
  try {
    return { ...(JSON.parse(text) as object) } // whatever it is, its fields are looked at
  } catch (error) {
    throw damaged(place, error instanceof Error ? error.message : String(error))
  }
}

function assertFile(file: unknown, at: number, place: string): void {
  const { path, bytes, sha256 } = { ...(file as object) } as Partial<Record<keyof BackedUpFile, unknown>>
  if (typeof path !== 'string' || !isOwnPath(path))
    throw damaged(place, `files[${at}].path is no path of a file that a backup holds: ${JSON.stringify(path)}`)
  if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 0)
    throw damaged(place, `files[${at}].bytes is not a number of bytes`)
  if (typeof sha256 !== 'string' || !/^[\da-f]{64}$/.test(sha256))
    throw damaged(place, `files[${at}].sha256 is not a SHA-256`)
}

/** Nothing is ever written anywhere else: neither outside of the folder, nor over what belongs to the machine. */
function isOwnPath(path: string): boolean {
  const parts = path.split('/')
  const [top = ''] = parts
  if (!parts.every(isPlainName)) return false
  return parts.length === 1 ? top === databaseName : backedUpFolders.some((folder) => folder === top)
}

function damaged(place: string, reason: string): AppError {
  return new AppError(
    'invalid-input',
    `${place} is no backup that can be read: ${manifestName}: ${reason}. Choose another backup.`,
  )
}
