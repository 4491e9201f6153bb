/** Pace: how many sentences somebody finished today and how long that took, read from the log without acts on many sentences. */
import type { Database } from './database.ts'

export interface Pace {
  /** Number of sentences that were marked as reviewed since `sinceMs`. */
  readonly reviewed: number
  /** Milliseconds between operations, without longer pauses. */
  readonly activeMs: number
}

/** Longest time between two operations, in milliseconds, that counts as work. */
const longestPauseMs = 5 * 60_000

/** Condition on an operation: it marks its sentence as reviewed. */
export const isReviewing = `EXISTS (SELECT 1 FROM json_each(changes) WHERE value ->> '$.kind' = 'review'
  AND value ->> '$.before.isReviewed' = 0 AND value ->> '$.after.isReviewed' = 1)`

export function readPace(database: Database, corpusId: number, author: string, sinceMs: number): Pace {
  const acts = database.all<{ at_ms: number; reviews: number }>(
    `SELECT at_ms, ${isReviewing} AS reviews FROM operation
     WHERE corpus_id = ? AND author = ? AND at_ms >= ? AND is_imported = 0 AND undoes IS NULL AND batch IS NULL
     ORDER BY at_ms`,
    ...[corpusId, author, sinceMs],
  )
  let activeMs = 0
  acts.forEach(({ at_ms }, index) => {
    const pause = at_ms - (acts[index - 1]?.at_ms ?? at_ms)
    if (pause <= longestPauseMs) activeMs += pause
  })
  return { reviewed: acts.reduce((sum, { reviews }) => sum + reviews, 0), activeMs }
}
