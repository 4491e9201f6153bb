/** A compute worker for training jobs that has, as its helper threads have, no room for large tensors. */
import { startBackend } from '#main/backends/ladder'
import { planCrew, toSharedJob } from '#main/worker/crew-plan'
import type { Machine } from '#main/worker/job'
import { openThreadCrew } from '#main/worker/thread-crew'
import { limitHeap } from './limited-heap.ts'
import { serveTraining } from './serve-training.ts'
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

serveTraining(machine)
