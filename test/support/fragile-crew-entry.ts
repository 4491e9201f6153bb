/** A compute worker for training jobs whose helper threads end in the middle of the fourth step. */
import { startBackend } from '#main/backends/ladder'
import { planCrew, toSharedJob } from '#main/worker/crew-plan'
import type { Machine } from '#main/worker/job'
import { openThreadCrew } from '#main/worker/thread-crew'
import { serveTraining } from './serve-training.ts'

const machine: Machine = {
  startBackend,
  peakMemoryMb: () => 1,
  openCrew(job) {
    const plan = planCrew(job, 'wasm')
    return plan && openThreadCrew(toSharedJob(job, 'wasm'), plan, new URL('./fragile-helper-entry.ts', import.meta.url))
  },
}

serveTraining(machine)
