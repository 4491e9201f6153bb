/**
 * Writes a backup of an open workspace while others go on with it: the database as it is when its copy begins, checkpoints and
 * encoders, each with its SHA-256. A folder or an archive appears under its name when it is whole, and never before.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { AppError } from '#main/core/errors'
import { assertRoom } from '#main/files/free-space'
import { writeThrough } from '#main/files/hashed'
import { filesUnder } from '#main/files/pack-folder'
import { isZipPlace, refuseTaken, writeNewPlace } from '#main/files/new-place'
import { pathSource } from '#main/files/path-source'
import { privateFileMode, privateFolderMode } from '#main/files/private'
import { hashSource, saveSource, type SavedFile } from '#main/files/save-source'
import type { Database } from '../database.ts'
import { copyDatabase } from './copy-database.ts'
import { schemaVersion } from '../migrations/migrations.ts'
import type { CheckpointFiles } from '../checkpoint-files.ts'
import { databaseName } from '../workspace-names.ts'
import { backedUpFolders, manifestName, type BackedUpFile, type BackupManifest } from './backup-manifest.ts'

export interface BackupOptions {
  /** A folder that does not exist yet, or a file that ends in .zip. */
  readonly place: string
  /** Version of the program. */
  readonly version: string
  readonly nowMs: number
  readonly signal?: AbortSignal | undefined
  /** Called with the share of the work that is done, 0 to 1, and what is being done. */
  readonly onProgress?: (share: number, what: string) => void
}

export interface Backup {
  readonly place: string
  /** Bytes of the folder or archive. */
  readonly bytes: number
  readonly manifest: BackupManifest
  /** Files that another part of the program removed meanwhile: they are not in the backup. */
  readonly gone: readonly string[]
}

interface Parts {
  readonly root: string
  readonly database: Database
  readonly checkpoints: CheckpointFiles
}

/** @throws AppError naming the place that is occupied, cannot be written to or has no room; what the signal is aborted with. */
export async function writeBackup(parts: Parts, options: BackupOptions): Promise<Backup> {
  const place = resolve(options.place)
  refuseInside(parts.root, place)
  await refuseTaken(place)
  const total = await measure(parts)
  await assertRoom(dirname(place), isZipPlace(place) ? total * 2 : total, 'The backup')
  const { signal, onProgress } = options
  const onPacked = (share: number): void => onProgress?.(share, 'archive')
  const written = await writeNewPlace(place, (coming) => fill(parts, coming, total, options), { signal, onPacked })
  return { place, bytes: written.bytes, ...written.filled }
}

function refuseInside(root: string, place: string): void {
  const inside = relative(root, place)
  if (inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(inside) !== inside))
    throw new AppError(
      'invalid-input',
      `${place} lies in the workspace that is backed up. Choose a place outside of it, on another disk if there is one.`,
    )
}

/** Bytes of all that is backed up. */
async function measure({ root, database }: Parts): Promise<number> {
  const sizes = [database.path, `${database.path}-wal`]
  for (const folder of backedUpFolders) sizes.push(...(await filesIn(root, folder)).map((name) => join(root, name)))
  let bytes = 0
  for (const file of sizes) bytes += (await stat(file).catch(() => null))?.size ?? 0
  return bytes
}

/** Paths relative to the workspace; what is being written under a temporary name is left out. */
async function filesIn(root: string, folder: string): Promise<string[]> {
  const place = join(root, folder)
  const names = existsSync(place) ? await filesUnder(place) : []
  return names
    .filter((name) => !name.split(sep).some((part) => part.endsWith('.coming')))
    .map((name) => join(folder, name))
}

async function fill(
  parts: Parts,
  coming: string,
  total: number,
  { version, nowMs, signal, onProgress }: BackupOptions,
): Promise<Pick<Backup, 'manifest' | 'gone'>> {
  const { root, database, checkpoints } = parts
  const [files, gone]: [BackedUpFile[], string[]] = [[], []]
  let done = 0
  const tell = (bytes: number, what: string): void => onProgress?.(Math.min(bytes / (total * 1.05 + 1), 1), what)

  async function save(name: string): Promise<void> {
    const path = name.split(sep).join('/')
    const saved = await saveFound(root, name, join(coming, name), signal, (bytes) => tell((done += bytes), path))
    if (saved) files.push({ path, ...saved })
    else gone.push(path)
  }
  /** Files of the runs that train: neither they nor what the database says of them go further meanwhile. */
  async function saveMoving(runIds: readonly string[]): Promise<void> {
    const size = (await stat(database.path)).size
    const file = join(coming, databaseName)
    await copyDatabase(database, file, { signal, onProgress: (share) => tell(share * size, 'database') })
    done = size
    files.push({ path: databaseName, ...(await hashSource(pathSource(file, file, 0), { signal })) })
    for (const runId of runIds) await saveRun(runId)
  }

  const saveRun = async (runId: string): Promise<void> => {
    for (const name of await filesIn(root, join('checkpoints', runId))) await save(name)
  }
  const training = trainingRuns(database)
  await holdAll(checkpoints, training, () => saveMoving(training))
  for (const runId of await namesIn(join(root, 'checkpoints')))
    if (!training.includes(runId)) await checkpoints.hold(runId, () => saveRun(runId))
  for (const name of await filesIn(root, 'encoders')) await save(name)
  const manifest = describe(parts, files, version, nowMs)
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
  await writeThrough(join(coming, manifestName), text, privateFileMode)
  return { manifest, gone }
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? readdir(folder) : []
}

/** null where the file went away before it was read whole: its run was erased, or a checkpoint took the place of its last one. */
async function saveFound(
  root: string,
  name: string,
  target: string,
  signal: AbortSignal | undefined,
  onPiece: (bytes: number) => void,
): Promise<SavedFile | null> {
  const source = join(root, name)
  const found = await stat(source).catch(() => null)
  if (!found) return null
  await mkdir(dirname(target), { recursive: true, mode: privateFolderMode })
  try {
    return await saveSource(pathSource(source, source, found.size), target, { signal, onPiece })
  } catch (error) {
    if (existsSync(source)) throw error
    await rm(target, { force: true })
    return null
  }
}

function trainingRuns(database: Database): string[] {
  const rows = database.all<{ run_id: string }>(`SELECT run_id FROM run WHERE status IN ('running', 'queued')`)
  return rows.map(({ run_id }) => run_id)
}

/** Does `work` while no checkpoint of these runs is written or removed. */
function holdAll<T>(checkpoints: CheckpointFiles, runIds: readonly string[], work: () => Promise<T>): Promise<T> {
  const [first, ...others] = runIds
  return first === undefined ? work() : checkpoints.hold(first, () => holdAll(checkpoints, others, work))
}

function describe(
  { root, database }: Parts,
  files: readonly BackedUpFile[],
  espalier: string,
  createdMs: number,
): BackupManifest {
  return {
    ...{ kind: 'Espalier backup', layout: 1, espalier, schema: schemaVersion(database), createdMs },
    workspace: root.split(sep).at(-1) ?? root,
    content: contentOf(database),
    files,
  }
}

/** Counts of a database of today's schema. */
export function contentOf(database: Database): BackupManifest['content'] {
  const count = (sql: string): number => database.get<{ count: number }>(sql)?.count ?? 0
  return {
    corpora: count('SELECT count(*) AS count FROM corpus WHERE is_staging = 0'),
    sentences: count(
      'SELECT sum(sentences) AS count FROM sentence_count JOIN corpus USING (corpus_id) WHERE is_staging = 0',
    ),
    runs: count('SELECT count(*) AS count FROM run'),
  }
}
