/** The main file of the thread that checks a copy of the database. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../database.ts'
import { databaseChecks, quickChecks } from './check-database.ts'
import type { CheckData, ThreadMessage } from './check-copy.ts'

const { file, isWhole } = workerData as CheckData // as `checkCopy` gives it
const say = (message: ThreadMessage): void => parentPort?.postMessage(message)

const database = openDatabase(file)
const checks = isWhole ? databaseChecks : quickChecks
checks.forEach(({ title, run }, at) => {
  say({ kind: 'progress', share: at / checks.length, title })
  say({ kind: 'findings', findings: run(database) })
})
database.close()
