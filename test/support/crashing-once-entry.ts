/** The compute worker's main file, except that the first of its processes ends in the middle of predicting a certain word. */
import { existsSync, writeFileSync } from 'node:fs'
import type { WorkerRequest } from '#main/compute/messages'

/** A file that says that one has ended. */
const mark = process.env['ESPALIER_CRASHED_ONCE'] ?? ''

process.on('message', (request: WorkerRequest) => {
  if (request.type !== 'predict' || existsSync(mark)) return
  if (!request.batch.sentences.some(({ words }) => words[0] === 'exit-once')) return
  writeFileSync(mark, '')
  process.exit(3)
})

await import('#main/worker/entry')
