/** Workspaces in the contract: what can be done with all that the open one holds. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import { repairNames, type Finding } from '#main/core/finding'
import type { KeptBackup } from '#main/document/kept-backup'
import type { WorkspaceErasure } from '#main/document/workspace-facts'

export interface BackupReport {
  /** Folder or archive. */
  readonly place: string
  /** Bytes that it takes on the disk. */
  readonly bytes: number
  readonly files: number
  readonly content: KeptBackup['content']
  /** Files that were removed while the backup was made, and are not in it. */
  readonly gone: readonly string[]
}

export interface RestoreReport {
  readonly folder: string
  /** Folder in which the workspace that was there is kept; null where there was none. */
  readonly kept: string | null
  /** When the backup was made, in milliseconds since 1970. */
  readonly createdMs: number
  readonly content: BackupReport['content']
}

export interface CheckReport {
  /** Empty when everything is as it should be. */
  readonly findings: readonly Finding[]
  /** Bytes of the database. */
  readonly databaseBytes: number
  /** Number of files of checkpoints and encoders whose SHA-256 was compared. */
  readonly files: number
}

export interface RepairReport {
  /** Number of rows or sentences that are another now. */
  readonly changed: number
  /** The copy that was kept first. */
  readonly backup: KeptBackup
  readonly check: CheckReport
}

export interface ExportAllReport {
  /** Folder or archive. */
  readonly place: string
  readonly bytes: number
  readonly corpora: number
  readonly sentences: number
  readonly runs: number
}

/** A workspace that this person opened. */
export interface ListedWorkspace {
  readonly folder: string
  readonly name: string
  /** Milliseconds since 1970; null where it was never noted. */
  readonly openedMs: number | null
  /** True while the folder holds a workspace. */
  readonly isThere: boolean
  /** True for the workspace that answers. */
  readonly isOpen: boolean
}

export interface OpenedReport {
  /** Address of its window; null where the program starts again by itself, or cannot change its workspace. */
  readonly url: string | null
  /** Command to type where the program cannot change its workspace; null where it can. */
  readonly command: string | null
}

/** Soundness: what is known to be wrong with the workspace that is open. */
export interface Soundness {
  /** Damage that was found; empty while none is known. */
  readonly findings: readonly Finding[]
  /** When a check ended, in milliseconds since 1970; null before the first. */
  readonly checkedMs: number | null
  /** True where the program that had the workspace open before ended without closing it. */
  readonly wasLeftOpen: boolean
  /** Why nothing can be written into the workspace, so that it is open for reading alone; null where it can. */
  readonly readOnly: string | null
}

const place = z.string().trim().min(1)

export const workspaces = {
  /** Writes a backup of the open workspace, while others work on it, into a new folder of this machine, or a new file that ends in .zip. */
  backUp: oc.input(z.object({ place, taskId: z.string().min(1) })).output(type<BackupReport>()),
  /** The backups of the database that the program made by itself, latest first. */
  backups: oc.output(type<readonly KeptBackup[]>()),
  /** Puts one of them in place of the database, which is kept, and opens the workspace again. */
  putBack: oc.input(z.object({ name: z.string().min(1) })).output(type<OpenedReport>()),
  /** Findings of the latest checks of the workspace. */
  soundness: oc.output(type<Soundness>()),
  /** Restores a backup as a workspace of its own in a new or an empty folder; it is not opened. */
  restore: oc.input(z.object({ from: place, into: place, taskId: z.string().min(1) })).output(type<RestoreReport>()),
  /** Looks for damage, wrong counts and files that nobody needs, while others work on the workspace. */
  check: oc.input(z.object({ taskId: z.string().min(1) })).output(type<CheckReport>()),
  /** Keeps a copy of the database, mends damage of one kind in place, and answers with what is left. */
  repair: oc.input(z.object({ repair: z.enum(repairNames), taskId: z.string().min(1) })).output(type<RepairReport>()),
  /** Writes every corpus, every run with its scores, and the settings as JSON into a new folder, or a new file that ends in .zip. */
  exportAll: oc.input(z.object({ place, taskId: z.string().min(1) })).output(type<ExportAllReport>()),
  /** The workspaces that this person opened, latest first, the open one among them. */
  recent: oc.output(type<readonly ListedWorkspace[]>()),
  /** Opens another workspace in place of this one, which is closed in order. */
  open: oc.input(z.object({ folder: place, create: z.boolean() })).output(type<OpenedReport>()),
  /** Facts about what would go with a workspace that is not open. */
  erasure: oc.input(z.object({ folder: place })).output(type<WorkspaceErasure>()),
  /** Deletes a workspace that is not open for good; `name` is that of its folder, as the person typed it. */
  erase: oc.input(z.object({ folder: place, name: z.string() })).output(type<void>()),
  /** Places for a backup and an export that are made now: new folders beside that of the workspace. */
  places: oc.output(type<{ readonly backup: string; readonly export: string }>()),
}
