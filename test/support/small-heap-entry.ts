/** A compute worker for training jobs that has, as its helper threads have, no room for large tensors. */
import { startBackend } from '#main/backends/ladder'
import { planPool, toSharedJob } from '#main/worker/pool-plan'
import type { Machine } from '#main/worker/job'
import { openThreadPool } from '#main/worker/thread-pool'
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
  openPool(job) {
    const plan = planPool(job, 'wasm')
    const entry = new URL('./small-heap-helper-entry.ts', import.meta.url)
    return plan && openThreadPool(toSharedJob(job, 'wasm'), plan, entry)
  },
}

serveTraining(machine)
