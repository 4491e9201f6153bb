/**
 * Batch acts: acts on many sentences of a corpus that are done a part at a time, since the thread that writes also answers the window.
 * From the moment that one is begun the corpus takes no other edit, and it is always brought to its end, after the next opening of the
 * workspace if need be: nobody keeps a half of it.
 */
import { AppError } from '#main/core/errors'
import type { GroupAnswer } from '#main/document/suggestion-group'
import type { LabelKind } from '#main/labels/edit-labels'
import type { Database } from './database.ts'

export interface BatchAct {
  /** The number that all its operations have. */
  readonly batch: number
  readonly corpusId: number
  readonly author: string
  /** Milliseconds since 1970. */
  readonly atMs: number
  readonly description: string
  readonly work:
    | { readonly renames: LabelKind }
    /** The batch of which all operations are taken back, or done again. */
    | { readonly replays: number; readonly isUndo: boolean }
    /** Suggestions that are accepted or rejected. */
    | { readonly answer: GroupAnswer }
}

/** How far an act is. */
export interface BatchProgress {
  /** The sentence of a renaming or an answer, or the operation of the replayed batch, up to which it is done. */
  readonly reached: number
  /** Number of sentences that it has changed. */
  readonly sentences: number
}

interface Row {
  readonly batch: number
  readonly corpus_id: number
  readonly author: string
  readonly at_ms: number
  readonly description: string
  readonly renames: LabelKind | null
  readonly replays: number | null
  readonly is_undo: number
  readonly answers: string | null
  readonly reached: number
  readonly sentences: number
}

/** @throws AppError 'conflict' while another act on the corpus is under way. */
export function beginBatch(database: Database, act: BatchAct, isChecked: boolean): void {
  refuseUnderWay(database, act.corpusId)
  const { batch, corpusId, author, atMs, description, work } = act
  const renames = 'renames' in work ? work.renames : null
  const [replays, isUndo] = 'replays' in work ? [work.replays, work.isUndo] : [null, false]
  const answer = 'answer' in work ? JSON.stringify(work.answer) : null
  database.run(
    `INSERT INTO batch_act (batch, corpus_id, author, at_ms, description, renames, replays, is_undo, answers, is_checked)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[batch, corpusId, author, atMs, description, renames, replays, Number(isUndo), answer, Number(isChecked)],
  )
}

/** Settles that an act which had to be checked is brought to its end. */
export function settleBatch(database: Database, batch: number): void {
  database.run('UPDATE batch_act SET is_checked = 1 WHERE batch = ?', batch)
}

export function progressOf(database: Database, batch: number): BatchProgress {
  return (
    database.get<BatchProgress>('SELECT reached, sentences FROM batch_act WHERE batch = ?', batch) ?? {
      ...{ reached: 0, sentences: 0 },
    }
  )
}

/** Notes how far an act is, in the transaction of what it did. */
export function advanceBatch(database: Database, batch: number, reached: number, sentences: number): void {
  database.run(
    'UPDATE batch_act SET reached = ?, sentences = sentences + ? WHERE batch = ?',
    ...[reached, sentences, batch],
  )
}

export function endBatch(database: Database, batch: number): void {
  database.run('DELETE FROM batch_act WHERE batch = ?', batch)
}

/** Acts that were begun and are not done. */
export function batchesUnderWay(database: Database): BatchAct[] {
  return database.all<Row>('SELECT * FROM batch_act WHERE is_checked = 1 ORDER BY batch').map(toAct)
}

/** Forgets acts of which a program that ended had not found out whether they can be done. */
export function forgetUnchecked(database: Database): void {
  database.run('DELETE FROM batch_act WHERE is_checked = 0')
}

/** @throws AppError 'conflict' while an act on many sentences of the corpus is under way, unless it is this one. */
export function refuseUnderWay(database: Database, corpusId: number, own?: number): void {
  const row = database.get<Pick<Row, 'batch' | 'description'>>(
    'SELECT batch, description FROM batch_act WHERE corpus_id = ?',
    corpusId,
  )
  if (row && row.batch !== own)
    throw new AppError(
      'conflict',
      `"${row.description}" is under way in all sentences of this corpus. Try again when it is done.`,
    )
}

function toAct({ batch, corpus_id: corpusId, author, at_ms: atMs, description, ...row }: Row): BatchAct {
  return { batch, corpusId, author, atMs, description, work: workOf(row) }
}

function workOf({
  renames,
  replays,
  is_undo: isUndo,
  answers,
}: Pick<Row, 'renames' | 'replays' | 'is_undo' | 'answers'>): BatchAct['work'] {
  if (renames !== null) return { renames }
  if (answers !== null) return { answer: JSON.parse(answers) as GroupAnswer } // written by beginBatch alone
  return { replays: replays ?? 0, isUndo: isUndo === 1 }
}
