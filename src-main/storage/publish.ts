/**
 * Publishing: what was imported out of sight comes into sight. A new corpus does so at once. Into a corpus that is there, sentences
 * move a part at a time, so that no other work waits long; once that has begun it is always brought to its end, by the next
 * opening of the workspace if need be.
 */
import type { Split } from '#main/document/doc'
import { splits } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'
import type { Database } from './database.ts'
import { nextPosition } from './doc-rows.ts'

interface Publishing {
  /** The corpus that sentences move into. */
  readonly into: number
  /** Position that is added to those of the import, by split. */
  readonly behind: Readonly<Record<Split, number>>
}

/** Number of sentences or docs that one step moves. */
const chunk = 200

/** The import becomes a corpus of its own. */
export function publishAs(database: Database, staging: number, name: string, labels: LabelSet): void {
  database.run(
    'UPDATE corpus SET name = ?, labels = ?, is_staging = 0 WHERE corpus_id = ?',
    ...[name, JSON.stringify(labels), staging],
  )
}

/** Settles that the import goes behind the sentences that the corpus has: from now on `publishSteps` can be repeated. */
export function beginPublishing(database: Database, staging: number, corpusId: number): void {
  const behind = Object.fromEntries(splits.map((split) => [split, nextPosition(database, { corpusId, split }) - 1]))
  const publishing = { into: corpusId, behind: behind as Record<Split, number> } satisfies Publishing // every split
  database.run('UPDATE corpus SET publishing = ? WHERE corpus_id = ?', JSON.stringify(publishing), staging)
}

/** Moves what is left of an import whose publishing has begun, a part at each step. */
export function* publishSteps(database: Database, staging: number): Generator<void, void> {
  const row = database.get<{ publishing: string }>('SELECT publishing FROM corpus WHERE corpus_id = ?', staging)
  if (!row) return
  const { into, behind } = JSON.parse(row.publishing) as Publishing // written by beginPublishing
  for (const [index, split] of splits.entries())
    while (moveSentences(database, staging, into, index, behind[split])) yield
  for (const [table, id] of [
    ['doc', 'doc_id'],
    ['operation', 'operation_id'],
    ['import_problem', 'problem_id'],
    ['problem_count', 'count_id'],
    ['imported_file', 'rowid'],
  ] as const)
    while (
      database.run(
        `UPDATE ${table} SET corpus_id = ? WHERE ${id} IN (SELECT ${id} FROM ${table} WHERE corpus_id = ? LIMIT ?)`,
        ...[into, staging, chunk],
      ).changes > 0
    )
      yield
  database.run('DELETE FROM corpus WHERE corpus_id = ?', staging)
}

/** Moves some sentences of a split; answers false when there was none. */
function moveSentences(database: Database, staging: number, into: number, split: number, behind: number): boolean {
  const first = database.get<{ position: number | null }>(
    'SELECT min(position) AS position FROM sentence WHERE corpus_id = ? AND split = ?',
    ...[staging, split],
  )?.position
  if (first === null || first === undefined) return false
  database.run(
    `UPDATE sentence SET corpus_id = ?, position = position + ?
     WHERE corpus_id = ? AND split = ? AND position BETWEEN ? AND ?`,
    ...[into, behind, staging, split, first, first + chunk - 1],
  )
  return true
}

/** Brings to its end what a kill interrupted. */
export function finishPublishing(database: Database): void {
  const begun = database.all<{ corpus_id: number }>('SELECT corpus_id FROM corpus WHERE publishing IS NOT NULL')
  for (const { corpus_id } of begun) database.transaction(() => [...publishSteps(database, corpus_id)])
}
