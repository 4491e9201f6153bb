/**
 * KeptBackups: copies of the database that the program makes by itself, each a backup in a folder of its own below `espalier.backups`. They
 * hold every act of annotation; checkpoints and encoders stay where they are, and only a backup that somebody asks for holds them too.
 */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupReason, KeptBackup } from '#main/document/kept-backup'
import { backupsName, databaseName } from '../workspace-names.ts'
import { manifestName, parseManifest } from './backup-manifest.ts'

/** How many copies of each reason are kept, the latest ones. */
export const mostKept: Readonly<Record<BackupReason, number>> = { daily: 7, migration: 3, restore: 3, repair: 3 }

export const keptFolder = (root: string, name = ''): string => join(root, backupsName, name)

/** The name of a copy; one that is taken within the same second gets a number. */
export function nameFor(root: string, reason: BackupReason, nowMs: number): string {
  const stem = `${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${reason}`
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`
    if (!existsSync(keptFolder(root, name))) return name
  }
}

/** Lists the copies, latest first. Whatever is no whole copy of ours is left out. */
export function listKept(root: string): readonly KeptBackup[] {
  const folder = keptFolder(root)
  const names = existsSync(folder) ? readdirSync(folder) : []
  return names.flatMap((name) => readKept(root, name) ?? []).toSorted((one, other) => other.createdMs - one.createdMs)
}

/** The copy of this name; null where there is none, or it is not whole. */
export function readKept(root: string, name: string): KeptBackup | null {
  if (!/^[\w-]+$/.test(name)) return null
  try {
    const file = join(keptFolder(root, name), manifestName)
    if (!existsSync(join(keptFolder(root, name), databaseName))) return null
    const { createdMs, espalier, schema, content, files, reason, check } = parseManifest(
      readFileSync(file, 'utf8'),
      file,
    )
    const bytes = files.reduce((sum, each) => sum + each.bytes, 0)
    return { name, reason: reason ?? 'daily', createdMs, bytes, espalier, schema, content, check: check ?? null }
  } catch {
    return null
  }
}

/**
 * Removes the oldest copies beyond what is kept of each reason. A copy in which damage was found takes the place of no sound one: as
 * many sound ones are kept as if it were not there.
 * @param daily number of daily copies that are kept.
 */
export function pruneKept(root: string, daily = mostKept.daily): void {
  const listed = listKept(root)
  for (const [reason, most] of Object.entries({ ...mostKept, daily })) {
    const own = listed.filter((kept) => kept.reason === reason)
    const isDamaged = ({ check }: KeptBackup): boolean => (check?.findings ?? 0) > 0
    const going = [...own.filter((kept) => !isDamaged(kept)).slice(most), ...own.filter(isDamaged).slice(most)]
    for (const { name } of going) rmSync(keptFolder(root, name), { recursive: true, force: true })
  }
}
