/** The main file of the thread that copies the database. */
import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from '../database.ts'
import type { CopyData, CopyProgress } from './copy-database.ts'

const { from, to } = workerData as CopyData // as `copyDatabase` gives it
const database = openReadOnly(from)
await database.copyTo(to, (share) => parentPort?.postMessage(share satisfies CopyProgress))
// what was written meanwhile is moved out of the log here, where nobody waits for it
database.checkpoint()
database.close()
