/**
 * CheckpointFiles: the states of each run that are kept, a folder of files each, with the SHA-256 of every file beside
 * them. A kill or a full disk leaves the old state or the new one, and what has changed on the disk since is refused.
 */
import { existsSync, readdirSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#main/core/errors'
import { findFolder, removeFolder, replaceFolder } from '#main/files/atomic'
import { readChecked, writeChecked, type FolderBytes } from '#main/files/checked-folder'
import { createTurns } from './turns.ts'

/** `last` and `best` are states after an epoch; `within` is a state within an epoch that has not ended, and goes when it ends. */
export type CheckpointKind = 'last' | 'best' | 'within'

export interface CheckpointFiles {
  /** @throws AppError 'storage' when the disk is full; the old checkpoint is then still there. */
  write(runId: string, kind: CheckpointKind, files: FolderBytes): Promise<void>
  /** The files by name, all or those that are wanted; null when the run has no such checkpoint. @throws DamagedFile */
  read(
    runId: string,
    kind: CheckpointKind,
    wants?: (name: string) => boolean,
  ): Promise<Record<string, Uint8Array> | null>
  has(runId: string, kind: CheckpointKind): boolean
  /** Removes one checkpoint, if there is one. */
  drop(runId: string, kind: CheckpointKind): Promise<void>
  /** The run's folder; its checkpoints are in it. */
  path(runId: string): string
  /** Number of bytes of a run's checkpoints on the disk. */
  sizeOf(runId: string): number
  remove(runId: string): Promise<void>
  /** Does `work` while no checkpoint of the run is written, read or removed through this. */
  hold<T>(runId: string, work: () => Promise<T>): Promise<T>
}

export function createCheckpointFiles(folder: string): CheckpointFiles {
  // no checkpoint is read while it is replaced: half of what is read would be the old one
  const inTurn = createTurns()
  const path = (runId: string): string => {
    if (!/^[\w-][\w.-]*$/.test(runId)) throw new RangeError(`"${runId}" cannot be a folder's name`)
    return join(folder, runId)
  }
  const placeOf = (runId: string, kind: CheckpointKind): string => join(path(runId), kind)
  return {
    path,
    has: (runId, kind) => findFolder(placeOf(runId, kind)) !== null,
    write: (runId, kind, files) =>
      inTurn(runId, async () => {
        try {
          await replaceFolder(placeOf(runId, kind), (coming) => writeChecked(coming, files))
        } catch (error) {
          throw explained(error, runId, path(runId), files)
        }
      }),
    read: (runId, kind, wants) =>
      inTurn(runId, async () => {
        const found = findFolder(placeOf(runId, kind))
        return found === null ? null : readChecked(found, wants)
      }),
    drop: (runId, kind) => inTurn(runId, () => removeFolder(placeOf(runId, kind))),
    sizeOf(runId) {
      const run = path(runId)
      if (!existsSync(run)) return 0
      return readdirSync(run, { recursive: true, encoding: 'utf8' })
        .map((name) => statSync(join(run, name), { throwIfNoEntry: false }))
        .reduce((sum, stat) => sum + (stat?.isFile() ? stat.size : 0), 0)
    },
    remove: (runId) => inTurn(runId, () => rm(path(runId), { recursive: true, force: true })),
    hold: (runId, work) => inTurn(runId, work),
  }
}

function explained(error: unknown, runId: string, folder: string, files: FolderBytes): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const megabytes = Math.ceil(Object.values(files).reduce((sum, { length }) => sum + length, 0) / 1e6)
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AppError(
      'storage',
      `The disk is full: the checkpoint of run ${runId} (${megabytes} MB) could not be written to ${folder}. The one before it is kept. Free some space there and resume the run.`,
    )
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new AppError(
      'storage',
      `The checkpoint of run ${runId} could not be written: ${folder} is write-protected. Allow this user to write there and resume the run.`,
    )
  return error
}
