/** ServiceContext: what every service is given. Shells make one per opened workspace. */
import type { AppEvent, Task } from '#main/api/events'
import type { Uploads } from '#main/files/uploads'
import type { TakeTurn } from '#main/storage/turns'
import type { Workspace } from '#main/storage/workspace'
import type { Reads } from './reads/reads.ts'
import type { Downloads } from './system/downloads.ts'
import type { VectorFiles } from './runs/vector-files.ts'

export interface TaskHandle {
  update(part: Partial<Pick<Task, 'title' | 'detail' | 'fraction' | 'secondsLeft'>>): void
  /** The last word on a task; what comes after it is not told any more. */
  finish(state: 'finished' | 'failed' | 'cancelled', detail?: string): void
}

export interface Tasks {
  /** Shows a task as running; `cancel` is called when somebody asks for its end, where it can be cancelled. */
  begin(task: Omit<Task, 'state'>, cancel?: () => void): TaskHandle
}

export interface ServiceContext {
  readonly workspace: Workspace
  /** Long reads, beside the thread that answers the window. */
  readonly reads: Reads
  /** Tells every listening window; the state that the event speaks of is already written. */
  emit(event: AppEvent): void
  /** Shows every window a notice, once while the program runs however often it is told. */
  tellOnce(message: string): void
  readonly tasks: Tasks
  readonly vectorFiles: VectorFiles
  /** Files that browsers sent. */
  readonly uploads: Uploads
  /** Exports that windows fetch. */
  readonly downloads: Downloads
  /** Turns of what moves or renames many sentences: each finds the corpora as the one before left them. */
  readonly inTurn: TakeTurn
  /** Milliseconds since 1970. */
  now(): number
}
