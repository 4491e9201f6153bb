/** Job: long work as one durable record, which outlives the program: what is to be done, how far it is, and how it ended. */
import type { Json } from '#main/core/json'

/** What kinds of work there are; the services have an engine for each. */
export type JobKindName =
  | 'import'
  | 'extract'
  | 'train'
  | 'score'
  | 'tune'
  | 'calibrate'
  | 'spread'
  | 'effects'
  | 'export'
  | 'sample'
  | 'statistics'
  | 'backup'
  | 'experiment'

/** `interrupted` is work that was running or waiting when the program ended, or that a passing fault stopped. */
export const jobStates = ['queued', 'running', 'paused', 'interrupted', 'finished', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

export interface Job {
  readonly jobId: number
  readonly kind: JobKindName
  /** For example "extract reports.jsonl". */
  readonly title: string
  /** What is to be done, as the kind of job reads it. */
  readonly spec: Json
  /** How far it is, as the kind of job reads it: written together with what it did. Null before anything is done. */
  readonly cursor: Json
  readonly state: JobState
  /** Amount of work that is done, in the unit of the kind. */
  readonly done: number
  /** Amount of work in all; null while nobody knows. */
  readonly total: number | null
  /** Sentences for the person about what happened on the way. */
  readonly notes: readonly string[]
  /** Why it failed or was interrupted; null otherwise. */
  readonly failure: string | null
  readonly createdMs: number
  /** When it ended or was stopped last; null before that. */
  readonly endedMs: number | null
  /** Milliseconds that were worked at it, in all attempts. */
  readonly workedMs: number
}

export function isUnderWay({ state }: Pick<Job, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}

/** Whether it can go on from where it is, or be tried again. */
export function canGoOn({ state }: Pick<Job, 'state'>): boolean {
  return state === 'paused' || state === 'interrupted' || state === 'failed'
}
