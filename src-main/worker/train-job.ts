/** Training job: starts the backend and the pool, reports the device, and passes on the events of training. */
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
