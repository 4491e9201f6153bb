/** A compute worker's process that trains on a machine of the test's own making, and does nothing else. */
import type { Machine } from '#main/worker/job'
import { openPort } from '#main/worker/port'
import { serveJobs } from '#main/worker/serve'
import { runTrainJob } from '#main/worker/train-job'

export function serveTraining(machine: Machine): void {
  const port = openPort()
  port.onRequest(
    serveJobs((job, signal) => {
      if (job.kind !== 'train') throw new Error(`only trains, but was asked to ${job.kind}`)
      return runTrainJob(job, signal, machine)
    }, port.post),
  )
}
