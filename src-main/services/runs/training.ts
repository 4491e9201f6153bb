/** Training: the jobs of runs, found by their runs. */
import { AppError } from '#main/core/errors'
import { canGoOn, isUnderWay, type Job } from '#main/jobs/job'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { TrainSpec } from './training-job.ts'

export interface Training {
  /** Queues runs, each as a job of its own. */
  begin(runs: readonly Run[]): void
  /** Goes on with a run where it stopped, or trains it from its beginning; nothing is done to one that is under way. */
  resume(run: Run): void
  /** Stops after the present step and keeps the best checkpoint; a waiting run is taken out of the queue. */
  cancel(run: Run): Promise<void>
  /** Stops after the present step; the run is interrupted, with all that it needs to go on. */
  pause(run: Run): void
  isUnderWay(run: Run): boolean
  /** Resolves with the run when nothing works at it any more and it does not wait. */
  over(run: Run): Promise<Run>
  /** Gives the job of a run the run's new name. */
  rename(run: Run): void
}

export function createTraining({ workspace }: ServiceContext, jobs: Jobs): Training {
  const jobOf = ({ runId }: Run): Job | null => workspace.jobs.newest('train', runId)
  const titleOf = ({ name }: Run): string => `train ${name}`

  function workingJob(run: Run, act: string): Job {
    const job = jobOf(run)
    if (job && isUnderWay(job)) return job
    throw new AppError('conflict', `The run is neither queued nor running, so there is nothing to ${act}.`)
  }

  function begin(run: Run): void {
    const spec: TrainSpec = { runId: run.runId }
    jobs.begin('train', titleOf(run), spec)
  }

  return {
    begin: (runs) => runs.forEach(begin),
    resume(run) {
      const job = jobOf(run)
      if (job && isUnderWay(job)) return
      if (job && canGoOn(job)) jobs.resume(job.jobId)
      else begin(run)
    },
    cancel: (run) => jobs.cancel(workingJob(run, 'cancel').jobId),
    pause: (run) => jobs.pause(workingJob(run, 'pause').jobId),
    isUnderWay(run) {
      const job = jobOf(run)
      return job !== null && isUnderWay(job)
    },
    async over(run) {
      const job = jobOf(run)
      if (job) await jobs.over(job.jobId)
      return workspace.runs.find(run.runId)
    },
    rename(run) {
      const job = jobOf(run)
      if (job) jobs.retitle(job.jobId, titleOf(run))
    },
  }
}
