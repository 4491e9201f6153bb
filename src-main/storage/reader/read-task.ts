/** ReadTask: long reading that is done in a thread of its own, some milliseconds of work at each step. */
import type { ErrorCode } from '#main/core/errors'
import type { Json } from '#main/core/json'
import type { ReadWorkspace } from './read-workspace.ts'

export interface ReadTask<Input, Output> {
  /** True for a task that may take longer than a person waits for a page; such tasks stand still while others are done. */
  readonly isLong: boolean
  /** `tell` takes the share that is done, 0 to 1. Input and output cross between threads: they are plain data. */
  read(workspace: ReadWorkspace, input: Input, tell: (share: number) => void): Generator<void, Output>
}

/** Tasks by name, whatever they take and answer with. */
export type ReadTasks = Readonly<Record<string, ReadTask<never, unknown>>>

export type InputOf<Task> = Task extends ReadTask<infer Input, unknown> ? Input : never
export type OutputOf<Task> = Task extends ReadTask<never, infer Output> ? Output : never

export interface Failure {
  /** Fields of an AppError; null for an error of the program itself. */
  readonly told: { readonly code: ErrorCode; readonly details: Json | undefined } | null
  readonly message: string
}

export type ToThread =
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'cancel'; readonly id: number }

export type FromThread =
  | { readonly kind: 'progress'; readonly id: number; readonly share: number }
  | { readonly kind: 'answer'; readonly id: number; readonly output: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: Failure }
