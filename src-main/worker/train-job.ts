/** A training job: starts the backend, says which, and passes on what training tells. */
import { train } from '#main/training/train'
import type { RunJob } from './job.ts'
import type { TrainJob } from './messages.ts'

export const runTrainJob: RunJob<TrainJob> = async function* (job, signal, machine) {
  yield { type: 'device', device: await machine.startBackend(job.backend, job.threads) }
  yield* train(job, signal, machine)
}
