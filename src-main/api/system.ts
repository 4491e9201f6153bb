/** The program itself in the contract: its backends, settings, tasks and events. */
import { eventIterator, oc, type } from '@orpc/contract'
import { z } from 'zod'
import { lineSpacings, readingSizes } from '#main/core/reading'
import type { Finding } from '#main/core/finding'
import type { Settings } from '#main/core/preferences'
import type { BackendReport } from '#main/runs/backend-report'
import type { AppEvent, Task } from './events.ts'

export interface DoctorReport {
  readonly versions: Record<string, string>
  /** Backends in the order of the backend ladder. */
  readonly backends: readonly BackendReport[]
  readonly chosenBackend: string
  /** Milliseconds since 1970; null when nothing was measured, because nothing was to be decided. */
  readonly measuredMs: number | null
  /** That the chosen backend is the slow one that is always there; null where it is not. */
  readonly remark: string | null
  readonly workspace: {
    readonly path: string
    readonly schemaVersion: number
    /** "ok", or the damage in sentences. */
    readonly integrity: string
    /** Faults of the workspace that a quick look and the latest whole check found. */
    readonly findings: readonly Finding[]
    readonly sizeMb: number
    /** True where no other user of the machine can read it. */
    readonly isPrivate: boolean
  }
}

export const system = {
  doctor: oc.output(type<DoctorReport>()),
  /** The bug report as text: versions, machine, counts, checks and the end of the log, without anything of a corpus. */
  report: oc.output(type<string>()),
  /** Measures again how fast each backend is, then reports. */
  measure: oc.output(type<DoctorReport>()),
  settings: oc.output(type<Settings>()),
  updateSettings: oc
    .input(
      z
        .object({
          annotator: z.string().trim().min(1),
          hasSeenTour: z.boolean(),
          shortcuts: z.record(z.string(), z.array(z.string().min(1)).readonly()),
          hasLetterKeys: z.boolean(),
          blindShare: z.number().min(0).max(1),
          blindSeed: z.int().min(0),
          suggestOnTest: z.boolean(),
          reading: z.record(
            z.string(),
            z.object({
              size: z.enum(readingSizes),
              spacing: z.enum(lineSpacings),
              breakMinutes: z.int().min(0).max(600),
            }),
          ),
          dailyBackups: z.int().min(0).max(30),
        })
        .partial(),
    )
    .output(type<Settings>()),
  /** Tasks running now. */
  tasks: oc.output(type<Task[]>()),
  /** Asks a running import or extraction to stop; its own call says what became of it. */
  cancelTask: oc.input(z.object({ taskId: z.string() })).output(type<void>()),
  /** Every event from now on; ends when the caller stops listening. */
  events: oc.output(eventIterator(type<AppEvent>())),
}
