/** JobKind: how one kind of long work is done, from its beginning or from where it stopped. */
import type { Json } from '#main/core/json'
import type { Job, JobKindName } from './job.ts'

/** Jobs that need the same resource work one after the other: tensors, the writing of many rows, or nothing that others need. */
export type Resource = 'compute' | 'writer' | 'none'

export interface JobKind<Spec = Json, Cursor = Json> {
  readonly name: JobKindName
  readonly resource: Resource
  /**
   * Does the work, from `cursor` where a former attempt saved one. It returns when all is done and throws when that cannot be;
   * what it saved before stays. When the signal is aborted it stops after what it is at, whether by returning or by throwing.
   */
  run(spec: Spec, cursor: Cursor | null, work: JobWork<Cursor>): Promise<void>
  /**
   * Removes what a job left that failed or was cancelled; its cursor is forgotten with it. A kind without it leaves what is done
   * in place, and a failed job can go on from there.
   */
  discard?(spec: Spec, cursor: Cursor): Promise<void>
  /**
   * Writes how a job stands to what it is about, such as a run, in the transaction that changes the job. What it returns is called
   * behind the transaction, to tell of it.
   */
  record?(job: Job): () => void
  /** Whether a job that ended with this error can go on once what is wrong was put right, beside what the engine knows of. */
  isPassing?(error: unknown): boolean
}

/** What a job tells the engine while it works. */
export interface JobWork<Cursor = Json> {
  readonly jobId: number
  /** Aborted when the job is to stop: paused, cancelled, or the program ends. */
  readonly signal: AbortSignal
  /** Amount of work in all, in a unit of the kind's choice; null where nobody knows. */
  total(amount: number | null): void
  /**
   * Tells how far it is between two savings, in that unit and in words such as "1,200 sentences". A kind that knows more than
   * the rate of its work tells the seconds left.
   */
  progress(done: number, detail: string, secondsLeft?: number | null): void
  /** Adds a sentence for the person; it is kept with the next saving. The same sentence is kept once. */
  note(text: string): void
  /** Writes the effect, the cursor and how far it is in one transaction. `effect` must not await. */
  save(cursor: Cursor, done: number, effect?: () => void): void
}

/** A kind among others: the engine gives it back what was begun and saved under its name, and nothing else. */
export function amongOthers<Spec, Cursor>(kind: JobKind<Spec, Cursor>): JobKind {
  return kind as unknown as JobKind
}
