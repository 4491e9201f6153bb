/** The main file of the thread that moves the log of a workspace into its database, each time it is asked. */
import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from './database.ts'
import type { LogData } from './log-mover.ts'

const { path } = workerData as LogData // as `createLogMover` gives it
const database = openReadOnly(path)
parentPort?.on('message', () => {
  database.checkpoint()
  parentPort?.postMessage(null)
})
