/** The main file of the thread that checks a copy of the database. */
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../database.ts'
import { databaseChecks } from './check-database.ts'
import type { ThreadMessage } from './check-copy.ts'

const { file } = workerData as { readonly file: string } // as `checkCopy` gives it
const say = (message: ThreadMessage): void => parentPort?.postMessage(message)

const database = openDatabase(file)
databaseChecks.forEach(({ title, run }, at) => {
  say({ kind: 'progress', share: at / databaseChecks.length, title })
  say({ kind: 'findings', findings: run(database) })
})
database.close()
