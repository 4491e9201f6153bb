/** A compute worker for training jobs whose helper threads end in the middle of the fourth step. */
import { startBackend } from '#main/backends/ladder'
import { planCrew, toSharedJob } from '#main/worker/crew-plan'
import type { Machine } from '#main/worker/job'
import { openPort } from '#main/worker/port'
import { serveJobs } from '#main/worker/serve'
import { openThreadCrew } from '#main/worker/thread-crew'
import { runTrainJob } from '#main/worker/train-job'

const machine: Machine = {
  startBackend,
  peakMemoryMb: () => 1,
  openCrew(job) {
    const plan = planCrew(job, 'wasm')
    return plan && openThreadCrew(toSharedJob(job, 'wasm'), plan, new URL('./fragile-helper-entry.ts', import.meta.url))
  },
}

const port = openPort()
port.onRequest(
  serveJobs((job, signal) => {
    if (job.kind !== 'train') throw new Error(`only trains, but was asked to ${job.kind}`)
    return runTrainJob(job, signal, machine)
  }, port.post),
)
