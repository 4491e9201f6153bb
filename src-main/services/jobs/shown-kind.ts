/** ShownKind: a kind of job that says how its jobs are shown as tasks. */
import type { Task } from '#main/api/events'
import type { Job } from '#main/jobs/job'
import type { JobKind } from '#main/jobs/job-kind'

/** ShownTask: fields in which the task of a job differs from the usual: the id under which somebody follows it, the run that it is about. */
export type ShownTask = Partial<Pick<Task, 'taskId' | 'runId'>>

export interface ShownKind extends JobKind {
  taskOf?(job: Job): ShownTask
  /** Advice of what a person must do for a job that stopped to go on, in sentences; null where it can be resumed. */
  needs?(job: Job): string | null
}
