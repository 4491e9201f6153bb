/** Jobs of a workspace: the engine that does them, shown in the task bar, and what callers may do with them. */
import { AppError, type ErrorCode } from '#main/core/errors'
import { isBackendFailure } from '#main/backends/backend-failure'
import type { Task } from '#main/api/events'
import type { Handlers } from '#main/api/handlers'
import type { JobView } from '#main/api/jobs'
import { createJobEngine, type JobEngine } from '#main/jobs/engine'
import { canGoOn, isUnderWay, type Job, type JobKindName } from '#main/jobs/job'
import type { Progress } from '#main/jobs/job-work'
import type { ServiceContext, TaskHandle } from '../context.ts'
import type { ShownKind } from './shown-kind.ts'

export interface Jobs extends JobEngine {
  readonly handlers: Handlers['jobs']
  view(job: Job): JobView
}

const taskKinds: Readonly<Record<JobKindName, Task['kind']>> = {
  import: 'import',
  extract: 'extraction',
  train: 'training',
  score: 'evaluation',
  tune: 'evaluation',
  calibrate: 'evaluation',
  spread: 'evaluation',
  effects: 'evaluation',
  export: 'export',
  sample: 'extraction',
  statistics: 'statistics',
  backup: 'workspace',
  experiment: 'training',
}

/** Codes of errors after which a job can go on once what is wrong was put right. */
const canBeMended: ReadonlySet<ErrorCode> = new Set(['storage'])

export function createJobs(context: ServiceContext, kinds: readonly ShownKind[]): Jobs {
  const { jobs: store } = context.workspace
  const shown = new Map<number, TaskHandle>()
  const engine = createJobEngine({
    store,
    kinds,
    now: context.now,
    isPassing: (error) => isBackendFailure(error) || (error instanceof AppError && canBeMended.has(error.code)),
    onUnsaved(error, job) {
      const reason = error instanceof Error ? error.message : String(error)
      const what = job ? `How the job "${job.title}" ended could not be saved` : 'The list of jobs could not be read'
      const message = `${what}: ${reason} It can be resumed when Espalier is started again.`
      context.emit({ type: 'notice', message, runId: null })
    },
    onChange(job, progress) {
      show(job, progress)
      context.emit({ type: 'job', job: toView(job, progress) })
    },
  })

  /** The task bar shows a job while it works. */
  function show(job: Job, progress: Progress | null): void {
    if (job.state === 'running') {
      const detail = progress?.detail ?? ''
      const fraction =
        job.total === null || job.total === 0 ? null : Math.min(1, (progress?.done ?? job.done) / job.total)
      const secondsLeft = progress?.secondsLeft ?? null
      const handle = shown.get(job.jobId)
      if (handle) return handle.update({ title: job.title, detail, fraction, secondsLeft })
      const { jobId, kind, title } = job
      const usual = { taskId: `job-${jobId}`, kind: taskKinds[kind], title, detail, fraction, secondsLeft }
      const task = { ...usual, ...kinds.find((each) => each.name === kind)?.taskOf?.(job) }
      shown.set(
        jobId,
        context.tasks.begin(task, () => void engine.cancel(jobId)),
      )
      return
    }
    const handle = shown.get(job.jobId)
    shown.delete(job.jobId)
    const { state, failure } = job
    handle?.finish(
      state === 'finished' ? 'finished' : failure === null ? 'cancelled' : 'failed',
      ...(failure === null ? [] : [failure]),
    )
  }

  const needsOf = (job: Job): string | null =>
    canGoOn(job) ? (kinds.find(({ name }) => name === job.kind)?.needs?.(job) ?? null) : null
  function toView(job: Job, progress: Progress | null): JobView {
    const { spec: _, cursor: __, ...shownOf } = job
    return { ...shownOf, progress: isUnderWay(job) ? progress : null, needs: needsOf(job) }
  }
  const view = (job: Job): JobView => toView(job, engine.progress(job.jobId))

  return {
    ...engine,
    view,
    handlers: {
      async list(page) {
        const { total, jobs } = store.list(page)
        return { total, jobs: jobs.map(view) }
      },
      get: async ({ jobId }) => view(store.find(jobId)),
      pause: async ({ jobId }) => engine.pause(jobId),
      async resume({ jobId }) {
        const needs = needsOf(store.find(jobId))
        if (needs !== null) throw new AppError('conflict', needs)
        return view(engine.resume(jobId))
      },
      cancel: async ({ jobId }) => engine.cancel(jobId),
      move: async ({ jobId, beforeId }) => engine.move(jobId, beforeId),
      forget: async ({ jobId }) => {
        await engine.forget(jobId)
        context.emit({ type: 'jobs-changed' })
      },
      async forgetEnded() {
        const removed = store.removeEnded()
        context.emit({ type: 'jobs-changed' })
        return removed
      },
    },
  }
}
