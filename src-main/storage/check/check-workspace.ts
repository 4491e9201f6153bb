/** Checks an open workspace while others work on it: a copy of its database in a thread, its files a piece at a time. */
import { stat, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '#main/core/finding'
import { assertRoom } from '#main/files/free-space'
import { removeLeftParts } from '#main/files/left-parts'
import { pathBeside } from '#main/files/part-file'
import { copyDatabase } from '../backup/copy-database.ts'
import type { CheckpointFiles } from '../checkpoint-files.ts'
import type { Database } from '../database.ts'
import type { RunRepository } from '../run-repository.ts'
import { checkCopy } from './check-copy.ts'
import { checkFiles } from './check-files.ts'

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the share of the work that is done, 0 to 1, and what is being looked at. */
  readonly onProgress?: (share: number, what: string) => void
}

export interface CheckReport {
  readonly findings: readonly Finding[]
  /** Bytes of the database. */
  readonly databaseBytes: number
  /** Number of files whose sum was compared. */
  readonly files: number
}

interface Parts {
  readonly root: string
  readonly database: Database
  readonly checkpoints: CheckpointFiles
  readonly runs: RunRepository
}

/** @throws AppError where there is no room for a copy; what the signal is aborted with. */
export async function checkWorkspace(parts: Parts, { signal, onProgress }: CheckOptions = {}): Promise<CheckReport> {
  const { root, database, checkpoints, runs } = parts
  const place = join(root, 'espalier.check')
  await removeLeftParts(place)
  const { size } = await stat(database.path)
  await assertRoom(root, size, 'The check, which is made on a copy of the database,')
  const copy = pathBeside(place, 'part')
  const tell = (from: number, to: number) => (share: number, what: string) =>
    onProgress?.(from + share * (to - from), what)
  try {
    const onCopied = tell(0, 0.2)
    await copyDatabase(database, copy, { signal, onProgress: (share) => onCopied(share, 'database') })
    const inDatabase = await checkCopy(copy, { onProgress: tell(0.2, 0.6), signal })
    const erased = database.all<{ run_id: string }>('SELECT run_id FROM erased_run').map(({ run_id }) => run_id)
    const filed = runs.listWithBin().map(({ runId, name, bestEpoch, config }) => ({
      ...{ runId, name, hasTrained: bestEpoch !== null },
      encoder: config.model.encoder.kind === 'bert' ? config.model.encoder.source.sha256 : null,
    }))
    const onProgressed = tell(0.6, 1)
    const options = { root, checkpoints, runs: filed, erased: new Set(erased), signal, onProgress: onProgressed }
    const { findings, files } = await checkFiles(options)
    return { findings: [...inDatabase, ...findings], databaseBytes: size, files }
  } finally {
    for (const ending of ['', '-wal', '-shm', '-journal']) await rm(`${copy}${ending}`, { force: true })
  }
}
