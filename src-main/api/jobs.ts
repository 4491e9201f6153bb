/** Jobs in the contract: long work that outlives the window, followed, paused, resumed and put in order. */
import { oc, type } from '@orpc/contract'
import { z } from 'zod'
import type { Job } from '#main/jobs/job'
import type { Progress } from '#main/jobs/job-work'
import { page } from './shared.ts'

/** A job as it is shown; `progress` is null while nothing works at it. */
export type JobView = Omit<Job, 'spec' | 'cursor'> & {
  readonly progress: Progress | null
  /** Sentences that say what a person must do for it to go on; null where nothing stands in the way of resuming it. */
  readonly needs: string | null
}

export const jobId = z.int().positive()
const one = z.object({ jobId })

export const jobs = {
  /** Jobs under way in the order of the queue, then those that ended, latest first. */
  list: oc.input(z.object(page)).output(type<{ total: number; jobs: JobView[] }>()),
  get: oc.input(one).output(type<JobView>()),
  /** Stops it so that it can go on from where it is. */
  pause: oc.input(one).output(type<void>()),
  /** Queues again what was paused or interrupted, or failed. */
  resume: oc.input(one).output(type<JobView>()),
  /** Stops it for good; it answers when nothing works at it any more. */
  cancel: oc.input(one).output(type<void>()),
  /** Puts a waiting job before another one, or with null at the end of the queue. */
  move: oc.input(z.object({ jobId, beforeId: jobId.nullable() })).output(type<void>()),
  /** Takes a job that is over out of the list; what it made stays. */
  forget: oc.input(one).output(type<void>()),
  /** Takes all jobs out of the list that were finished or cancelled, and answers with their number. */
  forgetEnded: oc.output(type<number>()),
}
