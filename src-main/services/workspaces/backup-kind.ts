/** The kind of job that backs the workspace up: a backup that was stopped begins again, since the workspace has moved on. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { BackupReport } from '#main/api/workspaces'
import { sizeOfPlace } from '#main/files/new-place'
import { readOwnPackage } from '#main/machine/own-package'
import { openBackup } from '#main/storage/backup/read-backup'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'

export interface BackupSpec {
  /** Absolute. */
  readonly place: string
}

interface BackupCursor {
  /** When the first attempt began. */
  readonly startedMs: number
}

export type BackupKind = AskedKind<BackupSpec, BackupReport>

export function createBackupKind({ workspace, now }: ServiceContext): BackupKind {
  const name = path.basename(workspace.folder)

  /** The backup that an attempt finished right before the program was killed; null where there is none. */
  async function finishedBefore(place: string, { startedMs }: BackupCursor): Promise<BackupReport | null> {
    if (!(await stat(place).catch(() => null))) return null
    const found = await openBackup(place).catch(() => null)
    if (!found || found.manifest.workspace !== name || found.manifest.createdMs < startedMs) return null
    const { files, content } = found.manifest
    return { place, bytes: await sizeOfPlace(place), files: files.length, content, gone: [] }
  }

  return createAskedKind<BackupSpec, BackupReport, BackupCursor>(workspace.jobs, {
    ...{ name: 'backup', resource: 'none', isListedAfter: true },
    whenCancelled: 'Cancelled. Nothing was changed.',
    async run({ place }, cursor, work) {
      const finished = cursor && (await finishedBefore(place, cursor))
      if (finished) return finished
      work.total(1)
      const begun = { startedMs: cursor?.startedMs ?? now() }
      work.save(begun, 0)
      const { bytes, manifest, gone } = await workspace.backUp({
        ...{ place, version: readOwnPackage().version, signal: work.signal },
        onProgress: (share, what) => work.progress(share, what),
      })
      work.note(`Written to ${place}, ${(bytes / 1e6).toFixed(1)} MB.`)
      work.save(begun, 1)
      return { place, bytes, files: manifest.files.length, content: manifest.content, gone }
    },
  })
}
