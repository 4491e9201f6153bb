/** The main file of the thread that makes rows of what extractions found. */
import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from '../database.ts'
import { runFor } from '../slices.ts'
import { listRows } from './list-rows.ts'
import { openResults } from './results-file.ts'
import type { ListMessage, ListRequest } from './row-lister.ts'

/**
 * Milliseconds of one transaction: so long that the pages of an index which many rows change are written once, so short that rows
 * come into sight while they are made.
 */
const transactionMs = 2000

const { path } = workerData as { readonly path: string } // as `createRowLister` gives it
const databases = { workspace: openReadOnly(path), results: openResults(path) }
const say = (message: ListMessage): void => parentPort?.postMessage(message)

parentPort?.on('message', ({ extractionId }: ListRequest) => {
  try {
    const steps = listRows(databases, extractionId)
    for (let isOver = false; !isOver;) {
      isOver = databases.results.transaction(() => runFor(steps, transactionMs))
      say({ kind: isOver ? 'done' : 'written', extractionId })
    }
  } catch (error) {
    say({ kind: 'failed', extractionId, reason: error instanceof Error ? error.message : String(error) })
  }
})
