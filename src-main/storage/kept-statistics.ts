/** Statistics of corpora that were computed once, and what the corpus was like then. */
import type { Database } from './database.ts'

export interface KeptStatistics {
  /** As JSON. */
  readonly statistics: string
  /** `changes` of the corpus when they were computed. */
  readonly changes: number
  readonly computedMs: number
}

export function readStatistics(database: Database, corpusId: number): KeptStatistics | null {
  const row = database.get<{ statistics: string; changes: number; computed_ms: number }>(
    'SELECT statistics, changes, computed_ms FROM corpus_statistics WHERE corpus_id = ?',
    corpusId,
  )
  return row ? { statistics: row.statistics, changes: row.changes, computedMs: row.computed_ms } : null
}

export function writeStatistics(database: Database, corpusId: number, kept: KeptStatistics): void {
  database.run(
    'INSERT OR REPLACE INTO corpus_statistics (corpus_id, statistics, changes, computed_ms) VALUES (?, ?, ?, ?)',
    ...[corpusId, kept.statistics, kept.changes, kept.computedMs],
  )
}
