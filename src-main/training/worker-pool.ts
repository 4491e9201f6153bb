/** WorkerPool: the replicas that share a job, as the thread that leads them sees it. Threads themselves live in the worker room. */
import type { Exchange } from './exchange.ts'
import type { Predictor } from './predict-in-windows.ts'

export interface WorkerPool {
  /** Replicas in all, the leading one included. */
  readonly size: number
  /** Why there are not more, to be put behind the device; null when there are as many as were asked for. */
  readonly remark: string | null
  /** Reading on the other replicas. */
  readonly predictors: readonly Predictor[]
  /** Lets all replicas exchange `length` numbers each; null when there is one. */
  connect(length: number): Exchange | null
  /** The others begin the update of the training sentences with these indices; the leading one joins by its exchange. */
  step(indices: readonly number[]): void
  /** Plain sentences that the others wanted to tell since the last call. */
  takeNotes(): readonly string[]
  /** Resolves when no thread is left. */
  close(): Promise<void>
}

export const noHelpers: WorkerPool = {
  size: 1,
  remark: null,
  predictors: [],
  connect: () => null,
  step: () => undefined,
  takeNotes: () => [],
  close: () => Promise.resolve(),
}
