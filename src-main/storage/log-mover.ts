/**
 * LogMover: has a thread move the log beside the database into it. A commit that did so by itself would wait for the disk, and with it
 * the thread that answers the window. The log begins anew once all of it was moved and nobody wrote meanwhile, so that whoever writes much
 * waits, where it may wait, for a log that has grown long.
 */
import { entryFile } from '#main/files/entry-file'
import { startDatabaseThread, type DatabaseThread } from './database-thread.ts'

export interface LogMover {
  /** Looks, after a commit, whether there is much to move. */
  noteCommit(): void
  /** Resolves when the log is short enough to go on writing. */
  makeRoom(): Promise<void>
  /** Ends the thread; the next long log starts another one. */
  end(): Promise<void>
}

/** The `workerData` of the thread. */
export interface LogData {
  readonly path: string
}

/** LogState: numbers of pages. */
export interface LogState {
  readonly written: number
  /** How many of them are in the database. */
  readonly moved: number
}

interface LogOptions {
  readonly path: string
  readonly look: () => LogState
  /** Moves the log in this thread. */
  readonly moveHere: () => void
  readonly limits?: LogLimits
}

/** Milliseconds between two looks. */
const lookMs = 50

/** LogLimits: numbers of pages. */
export interface LogLimits {
  /** From it on the thread moves them. */
  readonly many: number
  /** Length from which whoever writes much waits. */
  readonly most: number
  /** Length from which they are moved in this thread, since whoever wrote them has not waited once. */
  readonly farTooMany: number
}

/** 4, 64 and 256 MB. */
const usualLimits: LogLimits = { many: 1000, most: 16_000, farTooMany: 64_000 }

/** Milliseconds after the last move in which the thread ends. */
const idleMs = 5000

const entry = entryFile(import.meta.url, './log-thread.ts')

export function createLogMover({ path, look, moveHere, limits = usualLimits }: LogOptions): LogMover {
  let thread: DatabaseThread | null = null
  let moving: Promise<void> | null = null
  let lookedMs = -Infinity
  /** State after a move that did not get to the end of the log, since a long read stands in its way. */
  let stuck: LogState | null = null
  let idle: NodeJS.Timeout | undefined

  function move(): Promise<void> {
    if (moving) return moving
    clearTimeout(idle)
    const { worker } = (thread ??= start())
    const { promise, resolve } = Promise.withResolvers<void>()
    const done = (): void => {
      worker.off('message', done).off('exit', done).off('error', done)
      moving = null
      if (thread?.worker === worker) {
        worker.unref() // one that is ended meanwhile keeps the program alive until it has
        idle = setTimeout(() => void end(), idleMs).unref()
      }
      resolve()
    }
    worker.ref()
    worker.on('message', done).on('exit', done).on('error', done)
    worker.postMessage(null)
    return (moving = promise)
  }

  function start(): DatabaseThread {
    const started = startDatabaseThread(entry, { path } satisfies LogData)
    started.worker.on('error', () => undefined) // the next move starts another one
    started.worker.once('exit', () => {
      if (thread === started) thread = null
    })
    return started
  }

  /** Where a move got stuck the next one waits until the read has gone, or as much again was written. */
  function isTooLong({ written, moved }: LogState, most: number): boolean {
    if (written < most || moved === written) return false
    return stuck === null || moved !== stuck.moved || written >= stuck.written + most
  }

  function noteMoved(): void {
    const state = look()
    stuck = state.moved === state.written ? null : state
  }

  async function end(): Promise<void> {
    clearTimeout(idle)
    const ending = thread
    thread = null
    await ending?.end()
  }

  return {
    noteCommit() {
      const now = performance.now()
      if (now - lookedMs < lookMs) return
      lookedMs = now
      const state = look()
      if (isTooLong(state, limits.farTooMany)) {
        moveHere()
        noteMoved()
      } else if (state.written - state.moved >= limits.many) void move()
    },
    async makeRoom() {
      if (!thread || !isTooLong(look(), limits.most)) return
      await moving // it began before the latest commit
      await move()
      noteMoved()
    },
    end,
  }
}
