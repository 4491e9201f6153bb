/** Database: the one place that names the SQLite driver. Statements are prepared once, failures become AppErrors. */
import { closeSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { AppError } from '#main/core/errors'
import { privateFileMode } from '#main/files/private'
import { dividedText } from '#main/text/divided'
import { tellLoaded } from './database-thread.ts'
import { createLogMover, type LogState } from './log-mover.ts'

export type SqlValue = string | number | null | Uint8Array

export interface Database {
  readonly path: string
  /** Runs one statement. */
  run(sql: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastId: number }
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[]
  /** The values of the first column. */
  column<Value extends SqlValue>(sql: string, ...values: readonly SqlValue[]): Value[]
  /** Rows as lists of their values, which is cheaper where there are many. */
  rawRows<Row extends readonly unknown[]>(sql: string, ...values: readonly SqlValue[]): Row[]
  /** Runs a script of several statements. */
  script(sql: string): void
  /** Writes all that `work` does, or nothing of it; inside another transaction it is a part of that one. `work` must not await. */
  transaction<T>(work: () => T): T
  /**
   * A transaction that a power cut may undo, the last ones first: it does not wait for the disk. What a later transaction of the usual
   * kind writes is on the disk together with all before it.
   */
  hastyTransaction<T>(work: () => T): T
  /**
   * Copies the database as it is when this is called, whatever others write meanwhile. Its last step waits for the disk.
   * @param onProgress takes the share that is copied, 0 to 1.
   */
  copyTo(file: string, onProgress: (share: number) => void): Promise<void>
  /** Whoever writes much calls it between transactions: resolves at once, or when a log that has grown long was moved into the database. */
  makeRoom(): Promise<void>
  /** Ends the thread that moves the log, before the database is closed. */
  endThreads(): Promise<void>
  /** Moves the log into the database as far as nobody reads it. No other thread waits for that. */
  checkpoint(): void
  /** Does the same and gives the room of the log back to the disk, unless another thread reads the database just now. */
  truncateLog(): void
  close(): void
}

/** Number of pages (1 MB) after which a copy tells how far it is. */
const pagesPerStep = 256

/** Milliseconds that a statement waits for a lock, which only a second process can hold. */
const busyTimeoutMs = 500

/** Bytes that the log beside the database may keep once all of it is in the database. */
const keptLogBytes = 64e6

/**
 * Takes a file that only one holder can have, in this process or another, and creates it where it is missing. The operating system
 * lets go of it when a process dies, so it is never stale. The function that is returned lets go of it.
 * @throws DatabaseInUse when it is held.
 */
export function holdFile(path: string): () => void {
  const sqlite = guard(path, () => new Sqlite(path, { timeout: busyTimeoutMs }))
  try {
    guard(path, () => {
      sqlite.pragma('journal_mode = MEMORY') // no second file
      sqlite.exec('BEGIN EXCLUSIVE') // writes nothing: the file stays empty
    })
  } catch (error) {
    sqlite.close()
    throw error
  }
  return () => void sqlite.close()
}

/**
 * Opens or creates the file in WAL mode with foreign keys on. Threads of this process may read it meanwhile; what keeps other
 * processes out is the lock of the workspace.
 * @throws DatabaseInUse when an older version has it open, which locks the database itself.
 */
export function openDatabase(path: string): Database {
  return connect(
    path,
    (sqlite) => {
      sqlite.pragma('auto_vacuum = INCREMENTAL') // of a new file: what is erased can leave the disk
      sqlite.pragma('journal_mode = WAL')
      sqlite.pragma('wal_autocheckpoint = 0') // a thread does it
      sqlite.pragma('synchronous = FULL') // what was annotated outlives a power cut
      sqlite.pragma('foreign_keys = ON')
      sqlite.pragma('cache_size = -65536')
      sqlite.pragma(`journal_size_limit = ${keptLogBytes}`)
      sqlite.exec('BEGIN IMMEDIATE; COMMIT') // fails now, not at the first write
    },
    true,
  )
}

/** Opens a database that another thread of this process has open, for reading alone. */
export function openReadOnly(path: string): Database {
  return connect(path, (sqlite) => {
    sqlite.pragma('query_only = ON')
    // elsewhere triggers of ours call a function of ours, which the driver cannot name harmless; it only divides a text
    sqlite.pragma('trusted_schema = OFF')
    sqlite.pragma('cache_size = -32768')
  })
}

/**
 * Opens or creates a database of what is made from another one, and made again where it is lost: a power cut may undo its last
 * transactions, and its keys are not checked.
 */
export function openDerived(path: string): Database {
  return connect(path, (sqlite) => {
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = NORMAL')
    sqlite.pragma('foreign_keys = OFF')
    sqlite.pragma('cache_size = -65536')
    sqlite.pragma(`journal_size_limit = ${keptLogBytes}`)
  })
}

/** @param isOwn true where commits leave the log to a thread. */
function connect(path: string, prepareConnection: (sqlite: Sqlite.Database) => void, isOwn = false): Database {
  const sqlite = guard(path, () => new Sqlite(path, { timeout: busyTimeoutMs }))
  tellLoaded()
  try {
    guard(path, () => {
      sqlite.pragma('cell_size_check = ON') // damage is met where it is, before anything is computed from it
      sqlite.pragma('fullfsync = ON') // macOS alone: its usual call leaves writes in the cache of the disk
      prepareConnection(sqlite)
    })
    // triggers that keep the index of letters call it
    sqlite.function('divided', { deterministic: true }, (text) => dividedText(String(text)))
  } catch (error) {
    sqlite.close()
    throw error
  }
  const statements = new Map<string, Sqlite.Statement<SqlValue[]>>()
  const prepare = (sql: string) => {
    const known = statements.get(sql) ?? sqlite.prepare<SqlValue[]>(sql)
    statements.set(sql, known)
    return known
  }
  const plucked = new Map<string, Sqlite.Statement<SqlValue[]>>()
  const preparePlucked = (sql: string) => {
    const known = plucked.get(sql) ?? sqlite.prepare<SqlValue[]>(sql).pluck()
    plucked.set(sql, known)
    return known
  }
  const raw = new Map<string, Sqlite.Statement<SqlValue[]>>()
  const prepareRaw = (sql: string) => {
    const known = raw.get(sql) ?? sqlite.prepare<SqlValue[]>(sql).raw()
    raw.set(sql, known)
    return known
  }
  const checkpoint = () => void guard(path, () => sqlite.pragma('wal_checkpoint(PASSIVE)'))
  const log = isOwn ? createLogMover({ path, look: () => stateOfLog(sqlite), moveHere: checkpoint }) : null
  const commit = <T>(work: () => T): T =>
    guard(path, () => {
      const result = sqlite.transaction(work).immediate()
      if (!sqlite.inTransaction) log?.noteCommit()
      return result
    })
  return {
    path,
    run: (sql, ...values) =>
      guard(path, () => {
        const { changes, lastInsertRowid } = prepare(sql).run(...values)
        return { changes, lastId: Number(lastInsertRowid) }
      }),
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      guard(path, () => prepare(sql).get(...values) as Row | undefined), // the columns are those the query names
    all: <Row>(sql: string, ...values: readonly SqlValue[]) => guard(path, () => prepare(sql).all(...values) as Row[]),
    column: <Value extends SqlValue>(sql: string, ...values: readonly SqlValue[]) =>
      guard(path, () => preparePlucked(sql).all(...values) as Value[]), // the column is the one the query names
    rawRows: <Row extends readonly unknown[]>(sql: string, ...values: readonly SqlValue[]) =>
      guard(path, () => prepareRaw(sql).all(...values) as Row[]), // the columns are those the query names
    script: (sql) => void guard(path, () => sqlite.exec(sql)),
    transaction: commit,
    hastyTransaction: (work) =>
      guard(path, () => {
        if (sqlite.inTransaction) return commit(work)
        sqlite.pragma('synchronous = NORMAL')
        try {
          return commit(work)
        } finally {
          sqlite.pragma('synchronous = FULL')
        }
      }),
    makeRoom: async () => log?.makeRoom(),
    endThreads: async () => log?.end(),
    checkpoint,
    truncateLog: () =>
      guard(path, () => {
        sqlite.pragma('busy_timeout = 0')
        sqlite.pragma('wal_checkpoint(TRUNCATE)')
        sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`)
      }),
    copyTo: (file, onProgress) => copyPages(sqlite, file, onProgress),
    close() {
      void log?.end()
      sqlite.close()
    },
  }
}

function stateOfLog(sqlite: Sqlite.Database): LogState {
  const [state] = sqlite.pragma('wal_checkpoint(NOOP)') as { readonly log: number; readonly checkpointed: number }[]
  return { written: state?.log ?? 0, moved: state?.checkpointed ?? 0 }
}

async function copyPages(sqlite: Sqlite.Database, file: string, onProgress: (share: number) => void): Promise<void> {
  closeSync(openSync(file, 'wx', privateFileMode))
  sqlite.exec('BEGIN') // a copy begins again when the database changes, unless it is read as it was
  try {
    sqlite.exec('SELECT count(*) FROM sqlite_schema')
    await sqlite.backup(file, {
      progress({ totalPages, remainingPages }) {
        onProgress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages)
        return pagesPerStep
      },
    })
  } catch (error) {
    throw asAppError(file, error)
  } finally {
    sqlite.exec('COMMIT')
  }
}

/** Thrown when another process has a file open. */
export class DatabaseInUse extends AppError {
  constructor(path: string) {
    super('conflict', `${path} is in use by another program. Close that program, and try again.`)
  }
}

/** Runs `work`; a failure of SQLite becomes an AppError that says what to do. */
function guard<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw asAppError(path, error)
  }
}

function asAppError(path: string, error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error
  const family = error.code.split('_').slice(0, 2).join('_')
  if (family === 'SQLITE_BUSY') return new DatabaseInUse(path)
  const sentence = sentences[family]
  return sentence ? new AppError('storage', sentence(path, error.message)) : error
}

const sentences: Readonly<Record<string, (path: string, reason: string) => string>> = {
  SQLITE_FULL: (path) =>
    `The disk is full: nothing of this change was written to ${path}. Free some space there and do it again.`,
  SQLITE_READONLY: (path) =>
    `${path} is write-protected. Allow this user to write to the folder, or choose another workspace.`,
  SQLITE_CANTOPEN: (path, reason) =>
    `${path} cannot be opened (${reason}). Check that the folder exists and may be written to, or choose another workspace.`,
  SQLITE_IOERR: (path, reason) =>
    `The disk failed while ${path} was read or written (${reason}). Nothing half-written is kept; check the disk and try again.`,
  SQLITE_CORRUPT: (path, reason) =>
    `${path} is damaged (${reason}). "espalier backup list" shows the backups that the program made by itself, "espalier backup restore latest" puts the latest in its place; or choose another workspace.`,
  SQLITE_NOTADB: (path) =>
    `${path} is not an Espalier database. Move the file away, or choose another folder as the workspace.`,
}
