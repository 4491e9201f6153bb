/**
 * WorkerPool: the replicas that share a job, as seen by the leading thread. The threads themselves belong to the room
 * `worker`.
 */
import type { PredictedAs } from '#main/runs/predicted-as'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { Exchange } from './exchange.ts'
import type { Predictor } from './predict-in-windows.ts'

export interface WorkerPool {
  /** Number of replicas, the leading one included. */
  readonly size: number
  /** Reason why there are fewer replicas than were asked for, shown behind the device; null otherwise. */
  readonly remark: string | null
  /** Predictors on the other replicas; those of a prediction job take the seed of a draw from the stochastic maps. */
  readonly predictors: readonly Predictor<PredictedAs | undefined>[]
  /** Connects all replicas for exchanges of `length` numbers each; null when there is only one replica. */
  connect(length: number): Exchange | null
  /**
   * Starts the update of the training sentences with these indices on the other replicas; the leading one joins
   * through its exchange.
   */
  step(indices: readonly number[]): void
  /** Notes, in plain sentences, that the other replicas sent since the last call. */
  takeNotes(): readonly string[]
  /** Of a prediction job: changes the words that the model of every other replica knows. */
  changeWords(newWords: WordVectors | null, forgetsWords: boolean): void
  /** Resolves when all threads have ended. */
  close(): Promise<void>
}

export const noHelpers: WorkerPool = {
  size: 1,
  remark: null,
  predictors: [],
  connect: () => null,
  step: () => undefined,
  takeNotes: () => [],
  changeWords: () => undefined,
  close: () => Promise.resolve(),
}
