/** A thread that says, in shared memory, when it is about to open its first connection. */
import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from '#main/storage/database'

const { path, isLoading } = workerData as { readonly path: string; readonly isLoading: Int32Array }
Atomics.store(isLoading, 0, 1)
openReadOnly(path)
parentPort?.on('message', () => undefined) // stays until it is ended
