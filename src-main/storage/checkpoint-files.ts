/**
 * CheckpointFiles: the states of each run that are kept, a folder of files each. A folder is written beside the old
 * one and takes its place by renaming, so that a kill or a full disk leaves the old or the new one, never a half.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { makePrivateFolder, privateFileMode } from '#main/files/private'
import { AppError } from '#main/core/errors'

/** `last` and `best` of whole epochs; `within` is of an epoch that has not ended, to go on from and then of no use. */
export type CheckpointKind = 'last' | 'best' | 'within'

export interface CheckpointFiles {
  /** @throws AppError 'storage' when the disk is full; the old checkpoint is then still there. */
  write(runId: string, kind: CheckpointKind, files: Readonly<Record<string, Uint8Array>>): void
  /** The files by name; null when the run has no such checkpoint. */
  read(runId: string, kind: CheckpointKind): Record<string, Uint8Array> | null
  /** One of the files; null when there is none. */
  readFile(runId: string, kind: CheckpointKind, name: string): Uint8Array | null
  /** Removes one checkpoint, if there is one. */
  drop(runId: string, kind: CheckpointKind): void
  /** The run's folder; its checkpoints are in it. */
  path(runId: string): string
  remove(runId: string): void
}

export function createCheckpointFiles(folder: string): CheckpointFiles {
  const path = (runId: string) => {
    if (!/^[\w-][\w.-]*$/.test(runId)) throw new RangeError(`"${runId}" cannot be a folder's name`)
    return join(folder, runId)
  }
  const find = (runId: string, kind: CheckpointKind): string | undefined => {
    const { present, former } = places(path(runId), kind)
    return [present, former].find(existsSync)
  }
  return {
    path,
    write(runId, kind, files) {
      const { present, coming, former } = places(path(runId), kind)
      try {
        recover(present, former)
        rmSync(coming, { recursive: true, force: true })
        makePrivateFolder(coming)
        for (const [name, bytes] of Object.entries(files)) writeThrough(join(coming, name), bytes)
        syncFolder(coming)
        if (existsSync(present)) renameSync(present, former)
        renameSync(coming, present)
        syncFolder(path(runId))
        rmSync(former, { recursive: true, force: true })
      } catch (error) {
        rmSync(coming, { recursive: true, force: true })
        throw explained(error, runId, path(runId), files)
      }
    },
    read(runId, kind) {
      const found = find(runId, kind)
      if (found === undefined) return null
      return Object.fromEntries(
        readdirSync(found).map((name) => [name, new Uint8Array(readFileSync(join(found, name)))]),
      )
    },
    readFile(runId, kind, name) {
      const file = join(find(runId, kind) ?? '', name)
      return existsSync(file) ? new Uint8Array(readFileSync(file)) : null
    },
    drop(runId, kind) {
      const { present, former } = places(path(runId), kind)
      for (const folder of [former, present]) rmSync(folder, { recursive: true, force: true })
    },
    remove: (runId) => rmSync(path(runId), { recursive: true, force: true }),
  }
}

function places(runFolder: string, kind: CheckpointKind) {
  const present = join(runFolder, kind)
  return { present, coming: `${present}.coming`, former: `${present}.former` }
}

/** After a kill between the two renames only the former folder is there: it is put back. */
function recover(present: string, former: string): void {
  if (!existsSync(former)) return
  if (existsSync(present)) rmSync(former, { recursive: true })
  else renameSync(former, present)
}

function writeThrough(file: string, bytes: Uint8Array): void {
  const descriptor = openSync(file, 'w', privateFileMode)
  try {
    for (let written = 0; written < bytes.length;) written += writeSync(descriptor, bytes, written)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes renames last through a power cut; Windows has no such call for folders. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function explained(
  error: unknown,
  runId: string,
  folder: string,
  files: Readonly<Record<string, Uint8Array>>,
): unknown {
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
