/** KeptBackup: a copy of the database that the program made by itself. */

/** BackupReason: once a day, before the schema changes, before another copy takes the place of the database, and before a repair. */
export const backupReasons = ['daily', 'migration', 'restore', 'repair'] as const
export type BackupReason = (typeof backupReasons)[number]

export interface KeptBackup {
  /** Name of its folder: "2026-11-30T17-22-05Z-daily". */
  readonly name: string
  readonly reason: BackupReason
  /** Milliseconds since 1970. */
  readonly createdMs: number
  readonly bytes: number
  /** Version of the program that made it. */
  readonly espalier: string
  readonly schema: number
  readonly content: { readonly corpora: number; readonly sentences: number; readonly runs: number }
  /** How the copy was checked, and how many findings there were; null where it was not. */
  readonly check: { readonly isWhole: boolean; readonly findings: number } | null
}

/** What made the program copy the database, in words for the person. */
export const reasonWords: Readonly<Record<BackupReason, string>> = {
  daily: 'daily',
  migration: 'before an update',
  restore: 'before a restore',
  repair: 'before a repair',
}
