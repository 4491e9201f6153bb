/** A training job: starts the backend, says which, and passes on what training tells. */
import { startBackend } from '#main/backends/ladder'
import { train } from '#main/training/train'
import type { RunJob } from './job.ts'
import type { TrainJob } from './messages.ts'

export const runTrainJob: RunJob<TrainJob> = async function* (job, signal) {
  yield { type: 'device', device: await startBackend(job.backend, job.threads) }
  yield* train(job, signal, { peakMemoryMb: () => process.resourceUsage().maxRSS / 1024 })
}
