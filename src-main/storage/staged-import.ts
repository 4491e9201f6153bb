/**
 * StagedImport: docs written in small transactions into a corpus that nobody sees, then moved into their corpus in one.
 * The import yields to the event loop in between, and a kill at any moment leaves the corpus as it was.
 */
import type { Split } from '#main/document/doc'
import type { Database } from './database.ts'
import { insertDocs } from './doc-rows.ts'
import { eraseCorpus } from './erase-corpus.ts'
import type { AnnotatedDoc } from '#main/document/annotated-doc'

export interface StagedImport {
  add(split: Split, file: string, docs: readonly AnnotatedDoc[]): void
  /** Moves everything behind the sentences that the corpus has. Must be called inside a transaction. */
  publish(corpusId: number): void
  /** Deletes everything that was added; does nothing after `publish`. */
  discard(): void
}

const emptyLabels = '{"entityTypes":[],"relationTypes":[],"signatures":[]}'

export function stageImport(database: Database, nowMs: number): StagedImport {
  const { lastId: staging } = database.run(
    `INSERT INTO corpus (name, labels, created_ms, is_staging) VALUES ('', ?, ?, 1)`,
    ...[emptyLabels, nowMs],
  )
  return {
    add: (split, file, docs) => database.transaction(() => void insertDocs(database, staging, split, file, docs)),
    publish: (corpusId) => database.transaction(() => move(database, staging, corpusId)),
    discard() {
      for (const _step of eraseCorpus(database, staging)) continue
    },
  }
}

function move(database: Database, staging: number, corpusId: number): void {
  for (const split of [0, 1, 2]) {
    const last = database.get<{ position: number }>(
      'SELECT coalesce(max(position), 0) AS position FROM sentence WHERE corpus_id = ? AND split = ?',
      ...[corpusId, split],
    )
    database.run(
      'UPDATE sentence SET corpus_id = ?, position = position + ? WHERE corpus_id = ? AND split = ?',
      ...[corpusId, last?.position ?? 0, staging, split],
    )
  }
  for (const table of ['doc', 'operation'])
    database.run(`UPDATE ${table} SET corpus_id = ? WHERE corpus_id = ?`, corpusId, staging)
  database.run('DELETE FROM corpus WHERE corpus_id = ?', staging)
}
