/** A helper thread's main file, except that its heap has no room for large tensors once it is connected to the others. */
import { parentPort } from 'node:worker_threads'
import type { HelperRequest } from '#main/worker/pool-messages'
import { limitHeap } from './limited-heap.ts'
import { smallHeap } from './small-heap.ts'

parentPort?.on('message', ({ type }: HelperRequest) => {
  if (type === 'connect') limitHeap(smallHeap)
})

await import('#main/worker/helper-entry')
