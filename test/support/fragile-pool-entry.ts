/** A compute worker for training jobs whose helper threads end in the middle of the fourth step. */
import { startBackend } from '#main/backends/ladder'
import { planPool, toSharedJob } from '#main/worker/pool-plan'
import type { Machine } from '#main/worker/job'
import { openThreadPool } from '#main/worker/thread-pool'
import { serveTraining } from './serve-training.ts'

const machine: Machine = {
  startBackend,
  peakMemoryMb: () => 1,
  openPool(job) {
    const plan = planPool(job, 'wasm')
    return plan && openThreadPool(toSharedJob(job, 'wasm'), plan, new URL('./fragile-helper-entry.ts', import.meta.url))
  },
}

serveTraining(machine)
