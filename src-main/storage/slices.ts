/** Slices: long work on the database is cut into transactions of some milliseconds, since the thread that writes also answers the window. */
import type { Database } from './database.ts'

/** Milliseconds that one transaction may take. */
export const sliceMs = 8

/** Takes steps until they end or the time is over; answers whether they ended. */
export function runFor(steps: Iterator<void, unknown>, milliseconds: number): boolean {
  const end = performance.now() + milliseconds
  for (;;) {
    if (steps.next().done === true) return true
    if (performance.now() >= end) return false
  }
}

/**
 * Takes all steps, some in each transaction, with a pause between transactions. A power cut may undo the last ones, so the work must be
 * of a kind that can be taken up again.
 */
export async function runInSlices(
  database: Database,
  steps: Iterator<void, unknown>,
  pause: () => Promise<void>,
): Promise<void> {
  while (!database.hastyTransaction(() => runFor(steps, sliceMs))) {
    await database.makeRoom()
    await pause()
  }
  await database.makeRoom()
}
