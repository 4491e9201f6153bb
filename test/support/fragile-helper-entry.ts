/** A helper thread's main file, except that the thread ends in the middle of the fourth step. */
import { parentPort } from 'node:worker_threads'
import type { HelperRequest } from '#main/worker/pool-messages'

let steps = 0
parentPort?.on('message', ({ type }: HelperRequest) => {
  if (type === 'step' && ++steps === 4) process.exit(5)
})

await import('#main/worker/helper-entry')
