/** The compute worker's main file, except that it breaks down in the middle of reading the word "crash". */
import { parentPort } from 'node:worker_threads'
import type { WorkerRequest } from '#main/worker/messages'

parentPort?.on('message', (request: WorkerRequest) => {
  if (request.type !== 'start' || request.job.kind !== 'predict') return
  const [word] = request.job.sentences.flatMap(({ words }) => words)
  if (word === 'crash') throw new Error('out of luck')
  if (word === 'exit') process.exit(3)
})

await import('#main/worker/entry')
