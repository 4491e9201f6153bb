/**
 * Eraser: deletes what corpora out of sight still hold, in small steps between which other work goes on. Such corpora are
 * imports that were stopped, and those that left the bin for good. What a kill leaves is found again at the next opening.
 */
import type { Database } from './database.ts'
import { eraseCorpus } from './erase-corpus.ts'
import { shrinkFile } from './shrink-file.ts'

export interface Eraser {
  /** Takes over a corpus that is out of sight for good. */
  add(corpusId: number): void
  /** Does some milliseconds of work; answers false when nothing is left to do. */
  step(): boolean
  /** Resolves when there is room for further steps in the log of the database. */
  makeRoom(): Promise<void>
}

export function createEraser(database: Database): Eraser {
  // whatever is out of sight now was left by a program that ended; an import that can go on keeps what it wrote
  const left = database.all<{ corpus_id: number }>(
    `SELECT corpus_id FROM corpus WHERE is_staging = 1 AND aside_of IS NULL AND corpus_id NOT IN
       (SELECT coalesce(json_extract(cursor, '$.stagingId'), 0) FROM job
        WHERE kind = 'import' AND state IN ('queued', 'running', 'paused', 'interrupted'))`,
  )
  const parts = left.map(({ corpus_id }) => eraseCorpus(database, corpus_id))
  if (parts.length > 0) parts.push(shrinkFile(database))
  return {
    add: (corpusId) => void parts.push(eraseCorpus(database, corpusId), shrinkFile(database)),
    step() {
      const [first] = parts
      if (!first) return false
      if (first.next().done) parts.shift()
      return true
    },
    makeRoom: () => database.makeRoom(),
  }
}
