/** The compute worker's main file, except that it breaks down, or works on for ever, in the middle of predicting certain words. */
import type { WorkerRequest } from '#main/compute/messages'

process.on('message', (request: WorkerRequest) => {
  if (request.type !== 'predict') return
  const [word] = request.batch.sentences.flatMap(({ words }) => words)
  if (word === 'crash') throw new Error('out of luck')
  if (word === 'exit') process.exit(3)
  if (word === 'forever') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  if (word === 'kill') process.kill(process.pid, 'SIGTRAP')
})

await import('#main/worker/entry')
