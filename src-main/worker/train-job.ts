/** A training job: starts the backend and the pool, says which, and passes on what training tells. */
import { train } from '#main/training/train'
import { startMachine } from './start-machine.ts'
import type { RunJob } from './job.ts'
import type { TrainJob } from '#main/compute/messages'

export const runTrainJob: RunJob<TrainJob> = async function* (job, signal, machine) {
  const { device, pool } = await startMachine(job, machine)
  const states = job.statesFolder === null ? undefined : machine.openStates?.(job.statesFolder)
  try {
    yield { type: 'device', device }
    yield* train(job, signal, machine, pool, states)
  } finally {
    await pool.close()
    states?.close()
  }
}
