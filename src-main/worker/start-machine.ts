/** Start of the backend of a job, and of the threads that share the job. */
import { noHelpers, type WorkerPool } from '#main/training/worker-pool'
import type { Machine } from './job.ts'
import type { PredictJob, TrainJob } from '#main/compute/messages'

interface Started {
  /** Description of backend and threads. */
  readonly device: string
  /** The pool, which the caller closes. */
  readonly pool: WorkerPool
}

export async function startMachine(job: TrainJob | PredictJob, machine: Machine): Promise<Started> {
  const backend = await machine.startBackend(job.backend, job.threads)
  const pool = await machine.openPool?.(job)
  return { device: pool ? `${backend}, ${describe(pool)}` : backend, pool: pool ?? noHelpers }
}

function describe({ size, remark }: WorkerPool): string {
  const threads = size === 1 ? '1 thread' : `${size} threads`
  return remark ? `${threads} (${remark})` : threads
}
