/** Work that two programs must not do at once in one folder: whoever comes second waits for the first. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

type Log = (line: string) => void

/** Such work takes seconds; a lock that is older was left behind, by a process whose number another one may have by now. */
const longestMs = 120_000
const pauseMs = 200

/**
 * Does `work` while `lock`, a file that holds the process's number, is this process's.
 * @throws Error of the file system when the lock cannot be written there.
 */
export async function oneAtATime(lock: string, work: () => Promise<void>, log: Log): Promise<void> {
  for (let waited = 0; !take(lock); waited++) {
    if (waited === 1) log(`Waiting for another program that does the same (${lock}) ...`)
    await wait(pauseMs)
  }
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function take(lock: string): boolean {
  if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true })
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isAbandoned(lock: string): boolean {
  const found = statSync(lock, { throwIfNoEntry: false })
  if (!found) return false
  // what lies there as a folder is from an earlier version
  return Math.abs(Date.now() - found.mtimeMs) > longestMs || (found.isFile() && !isAlive(holderOf(lock)))
}

/** NaN while it is being written or when it is gone again. */
function holderOf(lock: string): number {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10)
  } catch {
    return Number.NaN
  }
}

/** Whether a process of this number may still be there. */
function isAlive(pid: number): boolean {
  if (Number.isNaN(pid)) return true
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
