/** JobStore: where the engine keeps its jobs. */
import type { Job, JobKindName } from './job.ts'

export interface NewJob extends Pick<Job, 'kind' | 'title' | 'createdMs'> {
  /** What can be written as JSON. */
  readonly spec: object
}

export type JobChange = Partial<
  Pick<Job, 'title' | 'cursor' | 'state' | 'done' | 'total' | 'notes' | 'failure' | 'endedMs' | 'workedMs'>
>

export interface JobStore {
  /** Adds a job at the end of the queue. */
  add(job: NewJob): Job
  /** @throws AppError 'not-found' when there is no such job. */
  find(jobId: number): Job
  /** Jobs that wait, in the order in which they are to be done. */
  queued(): Job[]
  /** What is under way first, in the order of the queue, then what ended, latest first. */
  list(page: { readonly offset: number; readonly limit: number }): { readonly total: number; readonly jobs: Job[] }
  /** Changes a job; what `effect` writes is written with it or not at all. How far it is alone does not wait for the disk. */
  change(jobId: number, change: JobChange, effect?: () => void): Job
  /** The newest job of a kind whose spec names this, such as the id of a run; null when there is none. */
  newest(kind: JobKindName, named: string): Job | null
  /** Jobs of a kind that can go on from where they are, newest first. */
  stopped(kind: JobKindName): Job[]
  /** Puts a job before another in the queue, or at its end. */
  place(jobId: number, beforeId: number | null): void
  /** Forgets all jobs that were finished or cancelled. Returns their number. */
  removeEnded(): number
  /** Forgets a job. */
  remove(jobId: number): void
}
