/**
 * Split acts: documents move to other splits as one act. First its documents are listed, then they move in slices; a kill before the
 * moving leaves nothing behind, one after it is made up for by the next opening.
 */
import { AppError } from '#main/core/errors'
import type { Split } from '#main/document/doc'
import type { SentenceSelection, SplitAct } from '#main/document/split-act'
import { countOf } from '#main/text/numbers'
import type { Database } from './database.ts'
import { asidePosition, renumber } from './renumber.ts'
import { scoreRun } from './prediction-scores.ts'
import type { Condition } from './condition.ts'
import { conditionOf } from './sentence-filter.ts'
import { splitIndex } from './words.ts'

interface ActRow {
  readonly act_id: number
  readonly corpus_id: number
  readonly description: string
  readonly sentences: number
  readonly documents: number
  readonly undoes: number | null
}

/** Adds an act without documents. */
export function planAct(
  database: Database,
  act: { readonly corpusId: number; readonly author: string; readonly atMs: number; readonly undoes: number | null },
): number {
  return database.run(
    `INSERT INTO split_act (corpus_id, author, at_ms, description, undoes, state) VALUES (?, ?, ?, '', ?, 'planned')`,
    ...[act.corpusId, act.author, act.atMs, act.undoes],
  ).lastId
}

/** Number of sentences that are looked through at once. */
const windowLength = 2000

/** Lists the documents of the selected sentences that are not in the split, some at each step; returns the number of selected sentences outside it. */
export function* planSelection(
  database: Database,
  {
    actId,
    corpusId,
    selection,
    split,
  }: { actId: number; corpusId: number; selection: SentenceSelection; split: Split },
): Generator<void, number> {
  if ('filter' in selection && selection.filter.run) yield* scoreRun(database, selection.filter.run.runId)
  const { sql, values } = selectionCondition(corpusId, selection)
  const index = splitIndex(split)
  let found = 0
  for (const [from, to] of windowsOf(database, selection)) {
    const place = [...values, index, from, to]
    const within = `FROM sentence WHERE ${sql} AND split <> ? AND sentence_id BETWEEN ? AND ?`
    found += database.get<{ total: number }>(`SELECT count(*) AS total ${within}`, ...place)?.total ?? 0
    database.run(
      `INSERT OR IGNORE INTO split_move SELECT DISTINCT ?, doc_id, split, ? ${within}`,
      ...[actId, index, ...place],
    )
    yield
  }
  return found
}

/** Lists documents with the index of the split each goes to; one that stays is left out. */
export function* planDocs(
  database: Database,
  actId: number,
  docs: Iterable<{ readonly docId: number; readonly before: number; readonly after: number }>,
): Generator<void, void> {
  for (const { docId, before, after } of docs) {
    if (before === after) continue
    database.run('INSERT INTO split_move VALUES (?, ?, ?, ?)', actId, docId, before, after)
    yield
  }
}

/** Number of documents that one step lists. */
const docsAtOnce = 1000

/** Lists what takes an act back, some documents at each step. */
export function* planUndo(database: Database, actId: number, undoes: number): Generator<void, void> {
  for (let last: number | null = 0; last !== null;) {
    database.run(
      `INSERT INTO split_move SELECT ?, doc_id, split_after, split_before FROM split_move
       WHERE act_id = ? AND doc_id > ? ORDER BY doc_id LIMIT ?`,
      ...[actId, undoes, last, docsAtOnce],
    )
    const listed = lastListed(database, actId)
    last = listed === last ? null : listed
    yield
  }
}

/** The highest id among the documents of an act; null for none. */
function lastListed(database: Database, actId: number): number | null {
  return (
    database.get<{ last: number | null }>('SELECT max(doc_id) AS last FROM split_move WHERE act_id = ?', actId)?.last ??
    null
  )
}

export function forgetPlan(database: Database, actId: number): void {
  database.run('DELETE FROM split_move WHERE act_id = ?', actId)
  database.run('DELETE FROM split_act WHERE act_id = ?', actId)
}

/** Settles that the act is brought to its end. @throws AppError 'conflict' while sentences are numbered again for another reason. */
export function beginMoving(database: Database, actId: number): void {
  const renumbered = database.get(
    'SELECT 1 FROM corpus JOIN split_act USING (corpus_id) WHERE act_id = ? AND renumbering IS NOT NULL',
    actId,
  )
  if (renumbered)
    throw new AppError(
      'conflict',
      'Sentences of this corpus are being numbered again after one was split or joined. Try again when that is done.',
    )
  database.run(`UPDATE split_act SET state = 'moving' WHERE act_id = ?`, actId)
}

/** Moves what is left of an act, some sentences at each step. */
export function* moveSteps(database: Database, actId: number): Generator<void, void> {
  const act = database.get<ActRow>('SELECT * FROM split_act WHERE act_id = ?', actId)
  if (!act) return
  const touched = new Set<number>()
  for (let last = 0; ;) {
    const move = database.get<{ doc_id: number; split_before: number; split_after: number }>(
      'SELECT doc_id, split_before, split_after FROM split_move WHERE act_id = ? AND doc_id > ? ORDER BY doc_id LIMIT 1',
      ...[actId, last],
    )
    if (!move) break
    last = move.doc_id
    touched.add(move.split_before).add(move.split_after)
    const moved = database.run(
      `UPDATE sentence SET split = ?, ${asidePosition} WHERE doc_id = ? AND split <> ?`,
      ...[move.split_after, move.doc_id, move.split_after],
    )
    const docs = database.run(
      'UPDATE doc SET split = ? WHERE doc_id = ? AND split <> ?',
      ...[move.split_after, move.doc_id, move.split_after],
    )
    database.run(
      'UPDATE split_act SET sentences = sentences + ?, documents = documents + ? WHERE act_id = ?',
      ...[moved.changes, docs.changes, actId],
    )
    yield
  }
  for (const split of touched) yield* renumber(database, act.corpus_id, split)
  // lists of ids that were found meanwhile lack what was on its way
  database.run('UPDATE sentence_count SET changes = changes + 1 WHERE corpus_id = ?', act.corpus_id)
  database.run(`UPDATE split_act SET state = ? WHERE act_id = ?`, act.undoes === null ? 'done' : 'undone', actId)
  if (act.undoes === null) return
  database.run(`UPDATE split_act SET state = 'undone' WHERE act_id = ?`, act.undoes)
  // what takes an undo back brings its act into effect again
  database.run(
    `UPDATE split_act SET state = 'done' WHERE act_id = (SELECT undoes FROM split_act WHERE act_id = ?)`,
    act.undoes,
  )
}

/** Says in the row what the act did, and answers with it. */
export function describeAct(database: Database, actId: number, describe: (sentences: number) => string): SplitAct {
  const row = database.get<ActRow>('SELECT * FROM split_act WHERE act_id = ?', actId)
  const { sentences, documents } = row ?? { sentences: 0, documents: 0 }
  const description = describe(sentences)
  database.run('UPDATE split_act SET description = ? WHERE act_id = ?', description, actId)
  return { actId, description, sentences, documents }
}

/** The latest act on a corpus that was not taken back; null when there is none. */
export function latestAct(database: Database, corpusId: number): SplitAct | null {
  const row = database.get<ActRow>(
    `SELECT * FROM split_act WHERE corpus_id = ? AND state = 'done' ORDER BY act_id DESC LIMIT 1`,
    corpusId,
  )
  return row ? describeAct(database, row.act_id, () => row.description) : null
}

/** The act that was taken back last, and the act that did so; null when there is none, or when sentences were moved anew since. */
export function latestUndone(database: Database, corpusId: number): { undone: SplitAct; undoneBy: number } | null {
  const row = database.get<ActRow & { readonly undone_by: number }>(
    `SELECT act.*, undo.act_id AS undone_by FROM split_act AS undo JOIN split_act AS act ON act.act_id = undo.undoes
     WHERE undo.corpus_id = ? AND act.undoes IS NULL AND act.state = 'undone'
       AND undo.act_id > (SELECT max(act_id) FROM split_act WHERE corpus_id = ? AND undoes IS NULL)
     ORDER BY undo.act_id DESC LIMIT 1`,
    ...[corpusId, corpusId],
  )
  return row ? { undone: describeAct(database, row.act_id, () => row.description), undoneBy: row.undone_by } : null
}

/** @throws AppError 'conflict' while sentences of the corpus are on their way: a split would be read in part. */
export function refuseMoving(database: Database, corpusId: number): void {
  const moving = database.get(`SELECT 1 FROM split_act WHERE corpus_id = ? AND state = 'moving'`, corpusId)
  if (moving)
    throw new AppError('conflict', 'Sentences of this corpus are moving to other splits. Try again when that is done.')
}

/** Brings to its end what a kill interrupted. */
export function finishMoving(database: Database): void {
  const left = database.all<{ act_id: number; state: string }>(
    `SELECT act_id, state FROM split_act WHERE state IN ('planned', 'moving')`,
  )
  for (const { act_id: actId, state } of left)
    database.transaction(() => {
      if (state === 'planned') return forgetPlan(database, actId)
      for (const _ of moveSteps(database, actId)) continue
      describeAct(database, actId, (sentences) => `${countOf(sentences, 'sentence')} moved to other splits`)
    })
}

/** The condition on sentences that a selection is. */
export function selectionCondition(corpusId: number, selection: SentenceSelection): Condition {
  if ('sentenceIds' in selection)
    return {
      sql: 'corpus_id = ? AND sentence_id IN (SELECT value FROM json_each(?))',
      values: [corpusId, JSON.stringify(selection.sentenceIds)],
    }
  const { sql, values } = conditionOf(corpusId, selection.filter)
  return {
    sql: `${sql} AND sentence_id NOT IN (SELECT value FROM json_each(?))`,
    values: [...values, JSON.stringify(selection.without)],
  }
}

/** Ids between which the selection is looked through at once: all of them where it has a search or a list, which are looked up anew each time. */
function* windowsOf(database: Database, selection: SentenceSelection): Generator<readonly [number, number], void> {
  const idOf = (end: 'min' | 'max'): number =>
    database.get<{ id: number | null }>(`SELECT ${end}(sentence_id) AS id FROM sentence`)?.id ?? 0
  const [least, most] = [idOf('min'), idOf('max')]
  const isLookedUp = 'sentenceIds' in selection || selection.filter.search !== undefined
  const length = isLookedUp ? most - least + 1 : windowLength
  for (let from = least; from <= most; from += length) yield [from, from + length - 1]
}
