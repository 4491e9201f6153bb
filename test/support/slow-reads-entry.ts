/** A thread with reads that last as long as a test wants, fail, write or end it. */
import { parentPort, threadId, workerData } from 'node:worker_threads'
import { AppError } from '#main/core/errors'
import type { ReadTask, ReadTasks } from '#main/storage/reader/read-task'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import type { ReaderData } from '#main/storage/reader/reader'
import { serveReads } from '#main/storage/reader/serve-reads'

const countIn = ({ corpora }: ReadWorkspace): number => corpora.list()[0]?.splits.train.sentences ?? 0

const count: ReadTask<object, number> = {
  isLong: false,
  *read(workspace) {
    return countIn(workspace)
  },
}

/** Counts again and again until the flag is set; tells that it has begun. */
const countUntil: ReadTask<{ readonly flag: Int32Array }, number> = {
  isLong: true,
  *read(workspace, { flag }, tell) {
    let last = countIn(workspace)
    tell(0)
    while (Atomics.load(flag, 0) === 0) {
      last = countIn(workspace)
      yield
    }
    return last
  },
}

const thread: ReadTask<object, number> = {
  isLong: true,
  *read() {
    return threadId
  },
}

const refuse: ReadTask<Pick<AppError, 'code' | 'message' | 'details'>, void> = {
  isLong: false,
  *read(_, { code, message, details }) {
    throw new AppError(code, message, details)
  },
}

const write: ReadTask<object, number> = {
  isLong: false,
  *read({ corpora }) {
    return corpora.create('new', { entityTypes: [], relationTypes: [], signatures: [] })
  },
}

const crash: ReadTask<object, void> = {
  isLong: false,
  *read() {
    process.exit(3) // of a thread: ends it alone
  },
}

export const slowTasks = { count, countUntil, thread, refuse, write, crash } satisfies ReadTasks

const { path } = (workerData ?? { path: '' }) as ReaderData
if (parentPort && path !== '') serveReads(path, slowTasks, parentPort)
