/**
 * Reader: long reads of a workspace in a thread, so that the thread which answers the window stays free. A read sees what was
 * committed before it was asked for, and edits go on meanwhile. A second thread reads what its asker wants done at the same time.
 */
import type { Transferable } from 'node:worker_threads'
import { AppError } from '#main/core/errors'
import type { Database } from '../database.ts'
import { startDatabaseThread, type DatabaseThread } from '../database-thread.ts'
import type { Failure, FromThread, InputOf, OutputOf, ToThread } from './read-task.ts'

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the share that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined
  /** Read in the second thread, beside what the first one reads. It ends when nothing is asked of it any more. */
  readonly isBeside?: boolean | undefined
  /** Parts of the input that go over to the thread, as ports do. */
  readonly transfer?: readonly Transferable[] | undefined
}

export interface Reader<Tasks> {
  /** @throws what the task throws; what the signal is aborted with; AppError 'cancelled' when the reader is closed meanwhile. */
  ask<Name extends keyof Tasks & string>(
    name: Name,
    input: InputOf<Tasks[Name]>,
    options?: ReadOptions,
  ): Promise<OutputOf<Tasks[Name]>>
  /** Starts the thread, which takes a moment, before anything is asked. */
  warm(): void
  /** Ends the thread; nothing can be asked afterwards. */
  close(): Promise<void>
}

interface Thread {
  running: DatabaseThread | null
  readonly endsWhenIdle: boolean
}

interface Asked {
  readonly thread: Thread
  resolve(output: unknown): void
  reject(reason: unknown): void
  readonly onProgress: ((share: number) => void) | undefined
}

/** ReaderData: the `workerData` of the thread. */
export interface ReaderData {
  /** Path of the database. */
  readonly path: string
}

/** @param entry the file of the thread, which serves these tasks with `serveReads`. */
export function createReader<Tasks>(database: Database, entry: URL): Reader<Tasks> {
  const asked = new Map<number, Asked>()
  const first: Thread = { running: null, endsWhenIdle: false }
  const second: Thread = { running: null, endsWhenIdle: true }
  let isClosed = false
  let lastId = 0

  function start(thread: Thread): DatabaseThread {
    const started = startDatabaseThread(entry, { path: database.path } satisfies ReaderData)
    const { worker } = started
    worker.on('message', receive)
    worker.once('error', (error) => fail(thread, started, error))
    worker.once('exit', () => fail(thread, started, new Error('it ended')))
    worker.unref() // what is asked keeps the program alive, an idle thread does not
    return started
  }

  function receive(message: FromThread): void {
    const { id } = message
    const waiting = asked.get(id)
    if (message.kind === 'progress') return waiting?.onProgress?.(message.share)
    if (message.kind === 'answer') waiting?.resolve(message.output)
    else waiting?.reject(toError(message.failure))
    forget(id)
  }

  /** A thread that ended by itself takes what it was asked with it; the next question starts another one. */
  function fail(thread: Thread, ended: DatabaseThread, error: unknown): void {
    if (thread.running !== ended) return
    thread.running = null
    const reason = error instanceof Error ? error.message : String(error)
    rejectAll(
      new AppError('internal', `The thread that reads the database stopped (${reason}). Try again.`),
      ({ thread: own }) => own === thread,
    )
  }

  function rejectAll(error: AppError, isMeant: (one: Asked) => boolean = () => true): void {
    for (const [id, one] of [...asked]) {
      if (!isMeant(one)) continue
      one.reject(error)
      forget(id)
    }
  }

  function forget(id: number): void {
    const thread = asked.get(id)?.thread
    asked.delete(id)
    if (thread && ![...asked.values()].some((other) => other.thread === thread)) rest(thread)
  }

  function rest(thread: Thread): void {
    thread.running?.worker.unref()
    if (thread.endsWhenIdle) void end(thread)
  }

  async function end(thread: Thread): Promise<void> {
    const ending = thread.running
    thread.running = null
    await ending?.end()
  }

  return {
    ask(name, input, { signal, onProgress, isBeside = false, transfer = [] } = {}) {
      if (isClosed) return Promise.reject(closedError())
      if (signal?.aborted) return Promise.reject(signal.reason as Error) // as fetch does
      const thread = isBeside ? second : first
      const { worker } = (thread.running ??= start(thread))
      const send = (message: ToThread): void => worker.postMessage(message)
      worker.ref()
      const id = ++lastId
      const answer = new Promise<unknown>((resolve, reject) => asked.set(id, { thread, resolve, reject, onProgress }))
      const stop = (): void => {
        send({ kind: 'cancel', id })
        asked.get(id)?.reject(signal?.reason)
        forget(id)
      }
      signal?.addEventListener('abort', stop, { once: true })
      worker.postMessage({ kind: 'ask', id, name, input } satisfies ToThread, transfer)
      const done = answer.finally(() => signal?.removeEventListener('abort', stop))
      return done as Promise<OutputOf<Tasks[typeof name]>> // the thread answers with what this task returns
    },
    warm() {
      if (!isClosed) first.running ??= start(first)
    },
    async close() {
      isClosed = true
      const ending = [first, second].map(end)
      rejectAll(closedError())
      await Promise.all(ending)
    },
  }
}

function closedError(): AppError {
  return new AppError('cancelled', 'The workspace was closed before this was read.')
}

function toError({ told, message }: Failure): Error {
  return told ? new AppError(told.code, message, told.details) : new Error(message)
}
