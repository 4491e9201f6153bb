/** Starts what a job computes with: the backend, and with it the threads that share the work. */
import { alone, type Crew } from '#main/training/crew'
import type { Machine } from './job.ts'
import type { PredictJob, TrainJob } from '#main/compute/messages'

interface Started {
  /** Backend and threads, in words. */
  readonly device: string
  /** The caller closes it. */
  readonly crew: Crew
}

export async function startMachine(job: TrainJob | PredictJob, machine: Machine): Promise<Started> {
  const backend = await machine.startBackend(job.backend, job.threads)
  const crew = await machine.openCrew?.(job)
  return { device: crew ? `${backend}, ${describe(crew)}` : backend, crew: crew ?? alone }
}

function describe({ size, remark }: Crew): string {
  const threads = size === 1 ? '1 thread' : `${size} threads`
  return remark ? `${threads} (${remark})` : threads
}
