/** Start of the backend of a job, and of the threads that share the job. */
import { noHelpers, type WorkerPool } from '#main/training/worker-pool'
import type { Machine } from './job.ts'
import type { TrainJob } from '#main/compute/messages'

interface Started {
  /** Description of backend and threads. */
  readonly device: string
  /** The pool, which the caller closes. */
  readonly pool: WorkerPool
}

export async function startMachine(job: TrainJob, machine: Machine): Promise<Started> {
  const backend = await machine.startBackend(job.backend, job.threads)
  const pool = await machine.openPool?.(job)
  return { device: pool ? `${backend}, ${describeThreads(pool)}` : backend, pool: pool ?? noHelpers }
}

export function describeThreads({ size, remark }: Pick<WorkerPool, 'size' | 'remark'>): string {
  const threads = size === 1 ? '1 thread' : `${size} threads`
  return remark ? `${threads} (${remark})` : threads
}
