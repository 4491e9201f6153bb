/** Work that somebody waits for, done as a job: its result goes to whoever asked, and it outlives them. */
import { isDeepStrictEqual } from 'node:util'
import { AppError } from '#main/core/errors'
import type { Json } from '#main/core/json'
import type { JobEngine } from '#main/jobs/engine'
import { canGoOn, type Job, type JobKindName } from '#main/jobs/job'
import { amongOthers, type JobWork, type Resource } from '#main/jobs/job-kind'
import type { JobStore } from '#main/jobs/job-store'
import type { ShownKind, ShownTask } from './shown-kind.ts'

/** The work of one kind. */
export interface AskedWork<Spec, Result, Cursor> {
  readonly name: JobKindName
  readonly resource: Resource
  /** True for jobs that stay in the list when they came to their end; a stopped one always does. */
  readonly isListedAfter: boolean
  /** Message to whoever waits for a job that is cancelled. */
  readonly whenCancelled: string
  /** Does the work; as a job's it may be stopped, and begin again with what it saved. */
  run(spec: Spec, cursor: Cursor | null, work: JobWork<Cursor>): Promise<Result>
  taskOf?(job: Job): ShownTask
}

export interface AskedKind<Spec, Result> {
  readonly kind: ShownKind
  /**
   * Does the work as a job; one that was stopped before and was to do the same goes on. Whoever asks for the same meanwhile
   * waits for the same job.
   * @throws AppError 'cancelled' when the job is stopped; what the work throws.
   */
  ask(engine: JobEngine, asked: Asked<Spec>): Promise<Result>
}

interface Asked<Spec> {
  readonly title: string
  readonly spec: Spec
  /** The id under which the caller follows the job as a task; the kind's own where it is left out. */
  readonly taskId?: string
}

interface Watched<Result> {
  readonly taskId: string | undefined
  outcome: { readonly result: Result } | { readonly error: unknown } | null
}

export function createAskedKind<Spec extends object, Result, Cursor = Json>(
  store: JobStore,
  { name, resource, isListedAfter, whenCancelled, run, taskOf }: AskedWork<Spec, Result, Cursor>,
): AskedKind<Spec, Result> {
  const watched = new Map<number, Watched<Result>>()
  /** Results of the jobs under way, by their specs. */
  const underWay = new Map<string, Promise<Result>>()

  const stoppedBefore = (spec: Spec): Job | undefined =>
    store.stopped(name).find((job) => canGoOn(job) && isDeepStrictEqual(job.spec, JSON.parse(JSON.stringify(spec))))

  async function work(engine: JobEngine, { title, spec, taskId }: Asked<Spec>): Promise<Result> {
    const former = stoppedBefore(spec)
    const { jobId } = former ?? engine.begin(name, title, spec)
    const own: Watched<Result> = { taskId, outcome: null }
    watched.set(jobId, own)
    if (former) engine.resume(jobId)
    const { state, failure } = await engine.over(jobId)
    watched.delete(jobId)
    const isOver = state !== 'paused' && state !== 'interrupted'
    if (isOver && !isListedAfter) await engine.forget(jobId)
    if (state === 'cancelled') throw new AppError('cancelled', whenCancelled)
    if (state === 'finished' && own.outcome && 'result' in own.outcome) return own.outcome.result
    if (failure !== null && own.outcome && 'error' in own.outcome) throw own.outcome.error
    throw new AppError('cancelled', `${title} was stopped. It can be resumed: look at the list of jobs.`)
  }

  return {
    kind: {
      ...amongOthers<Spec, Cursor>({
        ...{ name, resource },
        async run(spec, cursor, work) {
          const own = watched.get(work.jobId)
          try {
            const result = await run(spec, cursor, work)
            if (own) own.outcome = { result }
          } catch (error) {
            if (own) own.outcome = { error }
            throw error
          }
        },
      }),
      taskOf(job) {
        const taskId = watched.get(job.jobId)?.taskId
        return { ...taskOf?.(job), ...(taskId !== undefined && { taskId }) }
      },
    },

    ask(engine, asked) {
      const key = JSON.stringify(asked.spec)
      const asking = underWay.get(key) ?? work(engine, asked).finally(() => underWay.delete(key))
      underWay.set(key, asking)
      return asking
    },
  }
}
