/** Left parts: files that a process which was killed left beside a place under temporary names of `pathBeside`. */
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Removes the unfinished ones of processes that have ended; what cannot be removed stays. */
export async function removeLeftParts(target: string): Promise<void> {
  const [folder, name] = [dirname(target), basename(target)]
  for (const entry of await readdir(folder).catch(() => [])) {
    const [, pid] = entry.startsWith(`${name}.`)
      ? (/^\.(\d+)-\d+\.part(?:-wal|-shm|-journal)?$/.exec(entry.slice(name.length)) ?? [])
      : []
    if (pid === undefined || isAlive(Number(pid))) continue
    await rm(join(folder, entry), { recursive: true, force: true }).catch(() => undefined)
  }
}

/** A process of this number may still be there, unless the system says that there is none. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
