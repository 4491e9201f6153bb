/** The main file of the thread that reads a workspace. */
import { parentPort, workerData } from 'node:worker_threads'
import type { ReaderData } from '#main/storage/reader/reader'
import { serveReads } from '#main/storage/reader/serve-reads'
import { readTasks } from './read-tasks.ts'

const { path } = workerData as ReaderData // as `createReader` gives it
if (parentPort) serveReads(path, readTasks, parentPort)
