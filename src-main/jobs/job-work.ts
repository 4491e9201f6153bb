/** The JobWork of one attempt: it saves, counts and tells at most ten times a second how far the job is. */
import type { Json } from '#main/core/json'
import type { Job } from './job.ts'
import type { JobWork } from './job-kind.ts'
import type { JobStore } from './job-store.ts'
import { createPace } from './pace.ts'

/** How far a job is between two savings. */
export interface Progress {
  readonly done: number
  /** In words: "1,200 sentences". */
  readonly detail: string
  /** Amount that is done in a second; null before that is known. */
  readonly rate: number | null
  readonly secondsLeft: number | null
}

export interface JobWorkOptions {
  readonly store: JobStore
  readonly job: Job
  readonly signal: AbortSignal
  readonly now: () => number
  readonly onProgress: (job: Job, progress: Progress) => void
}

const quietMs = 100

/** Largest number of notes of a job; that there are more is the last of them. */
const mostNotes = 100

export function createJobWork({ store, job: first, signal, now, onProgress }: JobWorkOptions): JobWork {
  const startedMs = now()
  const pace = createPace({ done: first.done, atMs: startedMs })
  const notes = new Set(first.notes)
  let job = first
  let detail = ''
  let toldMs = -Infinity
  let toldLeft: number | null | undefined
  const tell = (done: number): void => {
    pace.note(done, now())
    if (now() - toldMs < quietMs) return
    toldMs = now()
    onProgress(job, {
      done,
      detail,
      rate: pace.rate(),
      secondsLeft: toldLeft === undefined ? pace.secondsLeft(job.total) : toldLeft,
    })
  }
  return {
    jobId: first.jobId,
    signal,
    total(amount) {
      if (amount !== job.total) job = store.change(job.jobId, { total: amount })
    },
    progress(done, words, secondsLeft) {
      detail = words
      toldLeft = secondsLeft
      tell(done)
    },
    note(text) {
      if (notes.size < mostNotes) notes.add(text)
      else notes.add('More happened than is listed here.')
    },
    save(cursor: Json, done, effect) {
      const workedMs = first.workedMs + (now() - startedMs)
      job = store.change(job.jobId, { cursor, done, notes: [...notes], workedMs }, effect)
      tell(done)
    },
  }
}
