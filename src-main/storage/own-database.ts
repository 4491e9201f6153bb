/**
 * OwnDatabase: the database of a workspace, open in this process alone. The lock is one of the operating system on an empty file
 * beside the database, so that threads of this process may read the database too; `espalier.open` only names the holder.
 */
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#main/core/errors'
import { privateFileMode } from '#main/files/private'
import { DatabaseInUse, holdFile, openDatabase, type Database } from './database.ts'
import { databaseName, holderName, lockName } from './workspace-names.ts'

export interface OwnDatabase {
  readonly database: Database
  /** True where the process that had it open before ended without closing it. */
  readonly wasLeftOpen: boolean
  close(): void
}

/** @throws AppError 'conflict' that names the process which has the workspace open. */
export function openOwnDatabase(root: string): OwnDatabase {
  const unlock = refusing(root, () => lock(root))
  try {
    createFile(join(root, databaseName))
    // an older version locks the database itself
    const database = refusing(root, () => openDatabase(join(root, databaseName)))
    const wasLeftOpen = existsSync(join(root, holderName))
    const program = basename(process.argv[1] ?? process.execPath)
    writeFileSync(join(root, holderName), `${program}, process ${process.pid}`, { mode: privateFileMode })
    return {
      ...{ database, wasLeftOpen },
      close() {
        rmSync(join(root, holderName), { force: true }) // before the lock goes: afterwards the file may be another's
        database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

/** @throws AppError 'conflict' while a program has the workspace open. A damaged database is nobody's. */
export function assertClosed(root: string): void {
  try {
    const unlock = lock(root)
    try {
      openDatabase(join(root, databaseName)).close()
    } finally {
      unlock()
    }
  } catch (error) {
    if (error instanceof DatabaseInUse)
      throw new AppError('conflict', `The workspace ${root} is open in another program. Close it there first.`)
    if (!(error instanceof AppError)) throw error
  }
}

function lock(root: string): () => void {
  const file = join(root, lockName)
  createFile(file)
  return holdFile(file)
}

/** Creates a file as a private one before SQLite opens it, since SQLite copies its mode to the files beside it. */
export function createFile(file: string): void {
  // opened only where it is new: closing a file lets go of every lock that this process has on it
  if (existsSync(file)) return
  try {
    closeSync(openSync(file, 'a', privateFileMode))
  } catch {
    return // SQLite cannot create it either, and says why
  }
}

function refusing<T>(root: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof DatabaseInUse)) throw error
    throw new AppError(
      'conflict',
      `The workspace ${root} is open in another process (${holderOf(root)}). Close it there, or choose another workspace folder.`,
    )
  }
}

function holderOf(root: string): string {
  try {
    return readFileSync(join(root, holderName), 'utf8')
  } catch {
    return 'which has just begun or ended'
  }
}
