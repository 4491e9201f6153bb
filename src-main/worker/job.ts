/**
 * Interface of all kinds of jobs: a job yields events until it is done or its signal aborts. Its errors are messages
 * for the user.
 */
import type { BackendChoice } from '#main/runs/backend-name'
import type { WorkerPool } from '#main/training/worker-pool'
import type { KeptStates } from '#main/training/frozen-states'
import type { PredictBatch, PredictJob, TrainJob, WorkerEvent } from '#main/compute/messages'
import type { PoolPlan } from './threads-worth.ts'

/** Services that a job uses of the place it runs in: a process under Node, or a page. */
export interface Machine {
  /** Starts a backend and returns a description of the device. */
  startBackend(choice: BackendChoice, threads: number): Promise<string>
  /** Peak memory in MB of the whole process, or of the graphics card where a page cannot see its process. */
  peakMemoryMb(): number
  /** Opens a store of states that outlives the job; missing in a page, which has no files. */
  openStates?(folder: string): KeptStates
  /** The threads that the job may have at most; null when the backend has threads of its own. Missing where there are none. */
  planPool?(job: TrainJob | PredictJob): PoolPlan | null
  /**
   * Opens the threads that share the job on the running backend, all that it may have unless a plan is given; null when the
   * backend has threads of its own. Missing where there are no threads.
   */
  openPool?(job: TrainJob | PredictJob, plan?: PoolPlan | null): Promise<WorkerPool> | null
}

export type RunJob<J> = (job: J, signal: AbortSignal, machine: Machine) => AsyncGenerator<WorkerEvent>

/** A prediction job gets its sentences while it runs. */
export type RunPredictJob = (
  job: PredictJob,
  signal: AbortSignal,
  machine: Machine,
  batches: AsyncIterable<PredictBatch>,
) => AsyncGenerator<WorkerEvent>
