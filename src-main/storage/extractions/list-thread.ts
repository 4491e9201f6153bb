/** The main file of the thread that makes rows of what extractions found. */
import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from '../database.ts'
import { listRows } from './list-rows.ts'
import { openResults } from './results-file.ts'
import type { ListMessage, ListRequest } from './row-lister.ts'

/**
 * Milliseconds of work in one transaction: so many that the pages of an index which many rows change are written once. The first one is
 * short, and each is twice as long as the former, so that the first rows come into sight at once. What others do on the machine counts
 * for nothing: a slow machine would have small transactions, which are slower still.
 */
const [firstMs, longestMs] = [100, 2000]

const { path } = workerData as { readonly path: string } // as `createRowLister` gives it
const databases = { workspace: openReadOnly(path), results: openResults(path) }
const say = (message: ListMessage): void => parentPort?.postMessage(message)

parentPort?.on('message', ({ extractionId }: ListRequest) => {
  try {
    const steps = listRows(databases, extractionId)
    let isOver = false
    for (let milliseconds = firstMs; !isOver; milliseconds = Math.min(longestMs, 2 * milliseconds)) {
      isOver = databases.results.transaction(() => workFor(steps, milliseconds))
      say({ kind: isOver ? 'done' : 'written', extractionId })
    }
  } catch (error) {
    say({ kind: 'failed', extractionId, reason: error instanceof Error ? error.message : String(error) })
  }
})

/** Takes steps until they end or the thread has computed for so long; answers whether they ended. */
function workFor(steps: Iterator<void, unknown>, milliseconds: number): boolean {
  const begin = process.threadCpuUsage()
  for (;;) {
    if (steps.next().done === true) return true
    const { user, system } = process.threadCpuUsage(begin)
    if (user + system >= milliseconds * 1000) return false
  }
}
