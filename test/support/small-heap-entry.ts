/** A compute worker for training jobs that has, as its helper threads have, no room for large tensors. */
import { startBackend } from '#main/backends/ladder'
import { planCrew, toSharedJob } from '#main/worker/crew-plan'
import type { Machine } from '#main/worker/job'
import { openPort } from '#main/worker/port'
import { serveJobs } from '#main/worker/serve'
import { openThreadCrew } from '#main/worker/thread-crew'
import { runTrainJob } from '#main/worker/train-job'
import { limitHeap } from './limited-heap.ts'
import { smallHeap } from './small-heap.ts'

const machine: Machine = {
  async startBackend(choice, threads) {
    const device = await startBackend(choice, threads)
    limitHeap(smallHeap)
    return device
  },
  peakMemoryMb: () => 1,
  openCrew(job) {
    const plan = planCrew(job, 'wasm')
    const entry = new URL('./small-heap-helper-entry.ts', import.meta.url)
    return plan && openThreadCrew(toSharedJob(job, 'wasm'), plan, entry)
  },
}

const port = openPort()
port.onRequest(
  serveJobs((job, signal) => {
    if (job.kind !== 'train') throw new Error(`only trains, but was asked to ${job.kind}`)
    return runTrainJob(job, signal, machine)
  }, port.post),
)
