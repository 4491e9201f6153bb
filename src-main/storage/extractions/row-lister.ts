/** RowLister: makes rows of what extractions found in a thread of its own, one extraction after the other. */
import { entryFile } from '#main/files/entry-file'
import { AppError } from '#main/core/errors'
import { startDatabaseThread, type DatabaseThread } from '../database-thread.ts'

export interface RowLister {
  /**
   * Makes rows of all documents that are there now.
   * @param onWritten is called whenever more rows can be seen.
   * @throws AppError 'storage' where they cannot be written; 'cancelled' when the lister is closed meanwhile.
   */
  list(extractionId: number, onWritten: () => void): Promise<void>
  /** Ends the thread. What it had not yet committed is made again later. */
  close(): Promise<void>
}

export interface ListRequest {
  readonly extractionId: number
}

export type ListMessage =
  | { readonly kind: 'written' | 'done'; readonly extractionId: number }
  | { readonly kind: 'failed'; readonly extractionId: number; readonly reason: string }

interface Waiting {
  readonly onWritten: () => void
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const entry = entryFile(import.meta.url, './list-thread.ts')

/** Milliseconds that an idle thread stays: an extraction brings the next documents every second or two. */
const idleMs = 10_000

/** Megabytes that the heap of the thread may take: rows wait in it by the hundred. */
const heapMb = 128

/** @param path that of the database of the workspace. */
export function createRowLister(path: string): RowLister {
  const waiting = new Map<number, Waiting>()
  let running: DatabaseThread | null = null
  let isClosed = false
  let idle: NodeJS.Timeout | undefined

  function start(): DatabaseThread {
    const started = startDatabaseThread(
      entry,
      { path },
      { resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 } },
    )
    const { worker } = started
    worker.on('message', receive)
    worker.once('error', (error) => fail(started, error))
    worker.once('exit', () => fail(started, new Error('it ended')))
    return started
  }

  function receive(message: ListMessage): void {
    const asked = waiting.get(message.extractionId)
    asked?.onWritten()
    if (message.kind === 'written') return
    waiting.delete(message.extractionId)
    if (message.kind === 'failed') asked?.reject(new AppError('storage', message.reason))
    else asked?.resolve()
    if (waiting.size === 0) rest()
  }

  function rest(): void {
    running?.worker.unref()
    idle = setTimeout(() => void end(), idleMs).unref()
  }

  function fail(ended: DatabaseThread, error: unknown): void {
    if (running !== ended) return
    running = null
    const reason = error instanceof Error ? error.message : String(error)
    rejectAll(
      new AppError('storage', `The rows of an extraction could not be made (${reason}). Open its results again.`),
    )
  }

  function rejectAll(error: AppError): void {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  async function end(): Promise<void> {
    const ending = running
    running = null
    await ending?.end()
  }

  return {
    list(extractionId, onWritten) {
      if (isClosed) return Promise.reject(closedError())
      clearTimeout(idle)
      const { worker } = (running ??= start())
      worker.ref()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      waiting.set(extractionId, { onWritten, resolve, reject })
      worker.postMessage({ extractionId } satisfies ListRequest)
      return promise
    },
    async close() {
      isClosed = true
      clearTimeout(idle)
      const ending = end()
      rejectAll(closedError())
      await ending
    },
  }
}

function closedError(): AppError {
  return new AppError('cancelled', 'The workspace was closed before these rows were made.')
}
