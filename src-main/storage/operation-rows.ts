/** Reads and writes the append-only log, and finds by its rule what can be undone and redone. */
import type { LoggedChange, Operation } from '#main/document/operation'
import type { Database } from './database.ts'
import type { SentenceSet } from './sentence-set.ts'
import type { RecordedOperation } from '#main/document/annotated-doc'

interface OperationRow {
  readonly operation_id: number
  readonly sentence_id: number
  readonly author: string
  readonly at_ms: number
  readonly description: string
  readonly changes: string
  readonly undoes: number | null
  readonly batch: number | null
}

type NewOperation = Omit<Operation, 'operationId'> & { readonly corpusId: number; readonly isImported: boolean }

export function insertOperation(database: Database, operation: NewOperation): number {
  return database.run(
    `INSERT INTO operation (corpus_id, sentence_id, author, at_ms, description, changes, undoes, is_imported, batch, next_sentence_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[operation.corpusId, operation.sentenceId, operation.author, operation.atMs, operation.description],
    ...[JSON.stringify(operation.changes), operation.undoes, Number(operation.isImported), operation.batch ?? null],
    nextSentenceOf(operation.changes),
  ).lastId
}

/** The sentence that was split off or joined. */
function nextSentenceOf(changes: readonly LoggedChange[]): number | null {
  const sentence = changes.find((change) => change.kind === 'sentence')
  return (sentence?.after ?? sentence?.before)?.sentenceId ?? null
}

export function readOperation(database: Database, operationId: number): Operation | null {
  return toOperation(database.get<OperationRow>('SELECT * FROM operation WHERE operation_id = ?', operationId))
}

/** Operations on one sentence, those that split it off or joined it included, or on the whole corpus for null, latest first. */
export function readLatest(
  database: Database,
  corpusId: number,
  sentenceId: number | null,
  limit: number,
): Operation[] {
  const [condition, ids] =
    sentenceId === null
      ? ['corpus_id = ?', [corpusId]]
      : ['(sentence_id = ? OR next_sentence_id = ?)', [sentenceId, sentenceId]]
  return database
    .all<OperationRow>(`SELECT * FROM operation WHERE ${condition} ORDER BY operation_id DESC LIMIT ?`, ...ids, limit)
    .flatMap((row) => toOperation(row) ?? [])
}

/** Operations on a sentence with a higher number than the given one, latest first. */
export function readAfter(database: Database, sentenceId: number, operationId: number): Operation[] {
  return database
    .all<OperationRow>(
      'SELECT * FROM operation WHERE sentence_id = ? AND operation_id > ? ORDER BY operation_id DESC',
      sentenceId,
      operationId,
    )
    .flatMap((row) => toOperation(row) ?? [])
}

export interface FirstAct {
  readonly sentenceId: number
  readonly operationId: number
}

/** The first act in effect of this description on each sentence that has one. */
export function readFirstActs(database: Database, corpusId: number, description: string): FirstAct[] {
  return database.all<FirstAct>(
    `SELECT sentence_id AS sentenceId, min(operation_id) AS operationId FROM operation
     WHERE corpus_id = ? AND description = ? AND undoes IS NULL AND undone_by IS NULL
     GROUP BY sentence_id ORDER BY sentence_id`,
    ...[corpusId, description],
  )
}

/** A number that no act on several sentences has yet. */
export function nextBatch(database: Database): number {
  const lastOf = (table: string): number =>
    database.get<{ last: number | null }>(`SELECT max(batch) AS last FROM ${table} WHERE batch IS NOT NULL`)?.last ?? 0
  return Math.max(...['operation', 'label_change', 'batch_act'].map(lastOf)) + 1
}

export function countBatch(database: Database, batch: number): number {
  return database.get<{ total: number }>('SELECT count(*) AS total FROM operation WHERE batch = ?', batch)?.total ?? 0
}

/** Operations of an act on several sentences behind one of them, in the order in which they were made. */
export function readBatch(database: Database, batch: number, after: number, limit: number): Operation[] {
  return database
    .all<OperationRow>(
      'SELECT * FROM operation WHERE batch = ? AND operation_id > ? ORDER BY operation_id LIMIT ?',
      ...[batch, after, limit],
    )
    .flatMap((row) => toOperation(row) ?? [])
}

/** The author's latest act that is in effect. */
export function findUndoable(database: Database, corpusId: number, author: string): Operation | null {
  return toOperation(
    database.get<OperationRow>(
      `SELECT * FROM operation INDEXED BY operation_effect
       WHERE corpus_id = ? AND author = ? AND undoes IS NULL AND is_imported = 0 AND undone_by IS NULL
       ORDER BY operation_id DESC LIMIT 1`,
      corpusId,
      author,
    ),
  )
}

/** The act that the author undid last, unless a first-hand act came after it: then nothing can be redone. */
export function findRedoable(database: Database, corpusId: number, author: string): Operation | null {
  const row = database.get<OperationRow & { readonly undone_by: number }>(
    `SELECT * FROM operation INDEXED BY operation_effect
     WHERE corpus_id = ? AND author = ? AND undoes IS NULL AND is_imported = 0 AND undone_by IS NOT NULL
     ORDER BY undone_by DESC LIMIT 1`,
    corpusId,
    author,
  )
  const latest = findUndoable(database, corpusId, author)
  return row && (latest === null || latest.operationId < row.undone_by) ? toOperation(row) : null
}

/** Inserts the history that came with a file: it is shown and exported, but never undone. */
export function insertHistory(
  database: Database,
  corpusId: number,
  sentenceId: number,
  history: readonly RecordedOperation[],
): void {
  const ids: number[] = []
  for (const { undoes, ...operation } of history)
    ids.push(
      insertOperation(database, {
        ...operation,
        corpusId,
        sentenceId,
        undoes: undoes === null ? null : (ids[undoes] ?? null),
        isImported: true,
      }),
    )
}

export function readHistories(database: Database, set: SentenceSet): Map<number, RecordedOperation[]> {
  const rows = database.all<OperationRow>(
    `SELECT * FROM operation WHERE sentence_id ${set.sql} ORDER BY operation_id`,
    ...set.values,
  )
  const bySentence = Map.groupBy(rows, ({ sentence_id }) => sentence_id)
  return new Map(
    Array.from(bySentence, ([sentenceId, own]) => {
      const indexOf = new Map(own.map(({ operation_id }, index) => [operation_id, index]))
      return [
        sentenceId,
        own.map(({ author, at_ms, description, changes, undoes }) => ({
          author,
          atMs: at_ms,
          description,
          changes: JSON.parse(changes) as LoggedChange[], // written by insertOperation alone
          undoes: undoes === null ? null : (indexOf.get(undoes) ?? null),
        })),
      ]
    }),
  )
}

function toOperation(row: OperationRow | undefined): Operation | null {
  return row === undefined
    ? null
    : {
        operationId: row.operation_id,
        sentenceId: row.sentence_id,
        author: row.author,
        atMs: row.at_ms,
        description: row.description,
        changes: JSON.parse(row.changes) as LoggedChange[], // also written by insertOperation alone
        undoes: row.undoes,
        ...(row.batch !== null && { batch: row.batch }),
      }
}
