/**
 * DatabaseThread: a thread with connections of its own that can be ended at any moment. Node ends the whole program where a thread
 * is terminated while it loads the library of SQLite, so that a thread tells when it has, and is terminated only then.
 */
import { MessageChannel, Worker, workerData, type MessagePort, type WorkerOptions } from 'node:worker_threads'

export interface DatabaseThread {
  readonly worker: Worker
  /** Ends the thread in the middle of what it does, as soon as it has loaded what it needs. */
  end(): Promise<void>
}

/** @param data the thread finds it as its `workerData`. */
export function startDatabaseThread(
  entry: URL,
  data: object,
  options: Pick<WorkerOptions, 'resourceLimits'> = {},
): DatabaseThread {
  const { port1: told, port2: loaded } = new MessageChannel()
  const worker = new Worker(entry, { ...options, workerData: { ...data, loaded }, transferList: [loaded] })
  const isLoaded = new Promise<void>((resolve) => {
    told.once('message', () => resolve())
    worker.once('exit', () => resolve())
  }).finally(() => told.close())
  told.unref()
  return {
    worker,
    async end() {
      told.ref()
      await isLoaded
      await worker.terminate()
    },
  }
}

/** Tells whoever started this thread that its first connection is open; does nothing in any other thread. */
export function tellLoaded(): void {
  const loaded = (workerData as { readonly loaded?: MessagePort } | null)?.loaded
  loaded?.postMessage(null)
  loaded?.close()
}
