/** What every kind of job is to the worker: events until it is done or its signal says stop; errors are for the person. */
import type { BackendChoice } from '#main/runs/backend-name'
import type { WorkerPool } from '#main/training/worker-pool'
import type { KeptStates } from '#main/training/frozen-states'
import type { PredictJob, TrainJob, WorkerEvent } from '#main/compute/messages'

/** What a job asks of the place it runs in: a process under Node, or a page. */
export interface Machine {
  /** Starts a backend and answers with the device in words. */
  startBackend(choice: BackendChoice, threads: number): Promise<string>
  /** Of the whole process, or of the graphics card where a page cannot see its process. */
  peakMemoryMb(): number
  /** States that outlive the job; missing in a page, which has no files. */
  openStates?(folder: string): KeptStates
  /** Threads that share the job on the backend that runs; null when it brings its own, missing where there are none. */
  openPool?(job: TrainJob | PredictJob): Promise<WorkerPool> | null
}

export type RunJob<J> = (job: J, signal: AbortSignal, machine: Machine) => AsyncGenerator<WorkerEvent>
