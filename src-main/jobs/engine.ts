/** JobEngine: does queued jobs, at most one at a time for each resource, and records how each of them ended. */
import { AppError } from '#main/core/errors'
import { canGoOn, isUnderWay, type Job, type JobKindName } from './job.ts'
import type { JobKind, Resource } from './job-kind.ts'
import type { JobChange, JobStore } from './job-store.ts'
import { createJobWork, type Progress } from './job-work.ts'

export interface JobEngine {
  /** Queues a new job. @param spec what can be written as JSON. */
  begin(kind: JobKindName, title: string, spec: object): Job
  /** Stops a job so that it can go on from where it is. */
  pause(jobId: number): void
  /** Queues a job again that was paused or interrupted, or that failed. */
  resume(jobId: number): Job
  /** Stops a job for good. */
  cancel(jobId: number): Promise<void>
  /** Puts a waiting job before another, or at the end of the queue. */
  move(jobId: number, beforeId: number | null): void
  /** Gives a job another title. */
  retitle(jobId: number, title: string): void
  /** Forgets a job that does not work. */
  forget(jobId: number): Promise<void>
  /** How far a job is between two savings; null when it does not work. */
  progress(jobId: number): Progress | null
  /** Resolves with the job when nothing works at it any more and it does not wait. */
  over(jobId: number): Promise<Job>
  /** Resolves when nothing works or waits. */
  idle(): Promise<void>
  /** Interrupts what works and what waits. */
  close(): Promise<void>
}

export interface EngineOptions {
  readonly store: JobStore
  readonly kinds: readonly JobKind[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Whether a job can go on later that failed with this: as when disk or file are back. */
  readonly isPassing: (error: unknown) => boolean
  /** Called when a job could not be written or the queue not be read, as on a full disk. */
  readonly onUnsaved: (error: unknown, job: Job | null) => void
  /** Called after every change of a job, and with its progress while it works. */
  readonly onChange: (job: Job, progress: Progress | null) => void
}

type Stop = 'paused' | 'cancelled' | 'interrupted'

/** A job that is being worked at. */
interface Working {
  readonly resource: Resource
  readonly controller: AbortController
  /** The job as it was written last. */
  job: Job
  stop: Stop | null
  progress: Progress
  readonly over: Promise<void>
}

export function createJobEngine({ store, kinds, now, isPassing, onUnsaved, onChange }: EngineOptions): JobEngine {
  const working = new Map<number, Working>()
  const waiters = new Map<number, ((job: Job) => void)[]>()
  let idlers: (() => void)[] = []
  let isClosed = false

  function kindOf(name: JobKindName): JobKind {
    const found = kinds.find((kind) => kind.name === name)
    if (!found) throw new AppError('internal', `This program has no way to do jobs of the kind "${name}".`)
    return found
  }

  function change(jobId: number, changed: JobChange): Job {
    const before = store.find(jobId)
    const record = kindOf(before.kind).record
    let tell: (() => void) | undefined
    const job = store.change(jobId, changed, () => (tell = record?.({ ...before, ...changed })))
    const current = working.get(jobId)
    if (current) current.job = job
    onChange(job, current?.progress ?? null)
    tell?.()
    if (isUnderWay(job)) return job
    for (const tell of waiters.get(jobId) ?? []) tell(job)
    waiters.delete(jobId)
    return job
  }

  function startNext(): void {
    if (isClosed) return
    for (const job of store.queued()) {
      const { resource } = kindOf(job.kind)
      const isTaken = [...working.values()].some((other) => resource !== 'none' && other.resource === resource)
      if (!isTaken) start(job, resource)
    }
    if (working.size === 0) tellIdle()
  }

  function tellIdle(): void {
    for (const tell of idlers) tell()
    idlers = []
  }

  function start(job: Job, resource: Resource): void {
    const { promise: over, resolve } = Promise.withResolvers<void>()
    const current: Working = {
      ...{ resource, over, job, controller: new AbortController(), stop: null },
      progress: { done: job.done, detail: '', rate: null, secondsLeft: null },
    }
    working.set(job.jobId, current)
    void work(job.jobId, current)
      .catch((error: unknown) => giveUp(current, error))
      .finally(() => {
        working.delete(job.jobId)
        resolve()
      })
      .then(startNext)
      .catch((error: unknown) => {
        onUnsaved(error, null)
        tellIdle()
      })
  }

  async function work(jobId: number, current: Working): Promise<void> {
    const job = change(jobId, { state: 'running', failure: null, endedMs: null })
    const startedMs = now()
    const ended = (): JobChange => ({ endedMs: now(), workedMs: job.workedMs + (now() - startedMs) })
    const kind = kindOf(job.kind)
    const { signal } = current.controller
    try {
      const jobWork = createJobWork({
        ...{ store, job, signal, now },
        onProgress(changed, progress) {
          current.progress = progress
          onChange(changed, progress)
        },
      })
      await kind.run(job.spec, job.cursor, jobWork)
      if (current.stop === null) return end({ state: 'finished', ...ended() })
    } catch (error) {
      if (current.stop === null) {
        const failure = error instanceof Error ? error.message : String(error)
        const state = isPassing(error) || kind.isPassing?.(error) ? 'interrupted' : 'failed'
        if (state === 'failed') await discard(jobId, kind)
        return end({ state, failure, ...ended() })
      }
    }
    if (current.stop === 'cancelled') await discard(jobId, kind)
    end({ state: current.stop, ...ended() })

    /** Whoever hears of the end may go on with the job. */
    function end(changed: JobChange): void {
      working.delete(jobId)
      change(jobId, changed)
    }
  }

  async function discard(jobId: number, kind: JobKind): Promise<void> {
    const { spec, cursor } = store.find(jobId)
    if (!kind.discard || cursor === null) return
    await kind.discard(spec, cursor)
    store.change(jobId, { cursor: null, done: 0 })
  }

  /** The next opening of the workspace marks a job as interrupted whose end could not be written. */
  function giveUp({ job: { jobId, ...job } }: Working, error: unknown): void {
    const failure = `How this job ended could not be saved: ${error instanceof Error ? error.message : String(error)}`
    const stopped: Job = { ...job, jobId, state: 'interrupted', failure }
    onUnsaved(error, stopped)
    for (const tell of waiters.get(jobId) ?? []) tell(stopped)
    waiters.delete(jobId)
  }

  function stop(jobId: number, how: Stop): Promise<void> {
    const current = working.get(jobId)
    if (!current) return Promise.resolve()
    // what was cancelled is not paused instead
    if (current.stop === null || how === 'cancelled') current.stop = how
    current.controller.abort()
    return current.over
  }

  return {
    begin(kind, title, spec) {
      const { jobId } = store.add({ kind, title, spec, createdMs: now() })
      const job = change(jobId, { state: 'queued' }) // what it is about learns of it too
      queueMicrotask(startNext)
      return job
    },
    pause(jobId) {
      const job = store.find(jobId)
      if (!isUnderWay(job)) throw new AppError('conflict', `This job is ${job.state}, so there is nothing to pause.`)
      if (working.has(jobId)) void stop(jobId, 'paused')
      else change(jobId, { state: 'paused', endedMs: now() })
    },
    resume(jobId) {
      const job = store.find(jobId)
      if (!canGoOn(job) || working.has(jobId))
        throw new AppError('conflict', `This job is ${job.state}, so there is nothing to resume.`)
      store.place(jobId, null)
      const queued = change(jobId, { state: 'queued', failure: null, endedMs: null })
      queueMicrotask(startNext)
      return queued
    },
    async cancel(jobId) {
      const job = store.find(jobId)
      if (working.has(jobId)) return stop(jobId, 'cancelled')
      if (!isUnderWay(job) && !canGoOn(job))
        throw new AppError('conflict', `This job is ${job.state}, so there is nothing to cancel.`)
      await discard(jobId, kindOf(job.kind))
      change(jobId, { state: 'cancelled', endedMs: now() })
    },
    move(jobId, beforeId) {
      const job = store.find(jobId)
      if (job.state !== 'queued')
        throw new AppError('conflict', `This job is ${job.state}: only one that waits has a place in the queue.`)
      store.place(jobId, beforeId)
      onChange(job, null)
    },
    retitle: (jobId, title) => void change(jobId, { title }),
    async forget(jobId) {
      const job = store.find(jobId)
      if (isUnderWay(job) || working.has(jobId))
        throw new AppError('conflict', `This job is ${job.state}. Cancel it first.`)
      if (canGoOn(job)) await discard(jobId, kindOf(job.kind))
      store.remove(jobId)
    },
    progress: (jobId) => working.get(jobId)?.progress ?? null,
    over(jobId) {
      const job = store.find(jobId)
      if (!isUnderWay(job) && !working.has(jobId)) return Promise.resolve(job)
      const { promise, resolve } = Promise.withResolvers<Job>()
      waiters.set(jobId, [...(waiters.get(jobId) ?? []), resolve])
      return promise
    },
    idle() {
      if (working.size === 0 && store.queued().length === 0) return Promise.resolve()
      const { promise, resolve } = Promise.withResolvers<void>()
      idlers.push(resolve)
      return promise
    },
    async close() {
      isClosed = true
      for (const { jobId } of store.queued()) if (!working.has(jobId)) change(jobId, { state: 'interrupted' })
      await Promise.all([...working.keys()].map((jobId) => stop(jobId, 'interrupted')))
      tellIdle()
    },
  }
}
