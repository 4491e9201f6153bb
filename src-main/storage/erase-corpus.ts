/** Deletes a corpus that is out of sight, a little at each step; whatever a kill leaves can be deleted later. */
import type { Database } from './database.ts'

/** Number of sentences or docs that one step deletes. */
const chunk = 200

/** Deletes the sentences first, then what belongs to the corpus as a whole. */
export function* eraseCorpus(database: Database, corpusId: number): Generator<void, void> {
  const [aside] = database.column<number>('SELECT corpus_id FROM corpus WHERE aside_of = ?', corpusId)
  if (aside !== undefined) yield* eraseCorpus(database, aside) // of sentences that were joined
  while (database.hastyTransaction(() => eraseSentences(database, corpusId))) yield
  const docs = 'SELECT doc_id FROM doc WHERE corpus_id = ? LIMIT ?'
  while (database.run(`DELETE FROM doc WHERE doc_id IN (${docs})`, corpusId, chunk).changes > 0) yield
  const moves = 'SELECT act_id, doc_id FROM split_move JOIN split_act USING (act_id) WHERE corpus_id = ? LIMIT ?'
  while (database.run(`DELETE FROM split_move WHERE (act_id, doc_id) IN (${moves})`, corpusId, chunk).changes > 0) yield
  const problems = 'SELECT problem_id FROM import_problem WHERE corpus_id = ? LIMIT ?'
  while (database.run(`DELETE FROM import_problem WHERE problem_id IN (${problems})`, corpusId, chunk).changes > 0)
    yield
  const assigned = `SELECT package_id, sentence_id FROM assigned_sentence
    WHERE package_id IN (SELECT package_id FROM assignment WHERE corpus_id = ?) LIMIT ?`
  while (
    database.run(`DELETE FROM assigned_sentence WHERE (package_id, sentence_id) IN (${assigned})`, corpusId, chunk)
      .changes > 0
  )
    yield
  database.transaction(() => {
    for (const table of [
      'assignment',
      'opened_package',
      'label_change',
      'batch_act',
      'imported_file',
      'sentence_count',
      'label_count',
      'corpus_statistics',
      'prediction_count',
      'saved_filter',
      'system',
      'suggestion_choice',
      'type_mapping',
      'rule_set',
      'problem_count',
      'split_act',
    ])
      database.run(`DELETE FROM ${table} WHERE corpus_id = ?`, corpusId)
    // the bare row stays while a run names it
    database.run('DELETE FROM corpus WHERE corpus_id = ? AND corpus_id NOT IN (SELECT corpus_id FROM run)', corpusId)
  })
}

/** Deletes the docs of a corpus out of sight that come after a doc, and the problems of its import. */
export function* eraseAfter(database: Database, corpusId: number, docId: number): Generator<void, void> {
  while (database.hastyTransaction(() => eraseDocs(database, corpusId, docId))) yield
  database.run('DELETE FROM import_problem WHERE corpus_id = ?', corpusId)
  database.run('DELETE FROM problem_count WHERE corpus_id = ?', corpusId)
}

/** Deletes some docs with their sentences; answers false when there was none. */
function eraseDocs(database: Database, corpusId: number, after: number): boolean {
  const docs = database.column<number>(
    'SELECT doc_id FROM doc WHERE corpus_id = ? AND doc_id > ? LIMIT ?',
    ...[corpusId, after, chunk],
  )
  const set = 'SELECT value FROM json_each(?)'
  const own = JSON.stringify(docs)
  deleteSentences(database, database.column<number>(`SELECT sentence_id FROM sentence WHERE doc_id IN (${set})`, own))
  database.run(`DELETE FROM doc WHERE doc_id IN (${set})`, own)
  return docs.length > 0
}

/** Deletes some sentences with all that belongs to them; answers false when there was none. */
function eraseSentences(database: Database, corpusId: number): boolean {
  const ids = database.column<number>('SELECT sentence_id FROM sentence WHERE corpus_id = ? LIMIT ?', corpusId, chunk)
  deleteSentences(database, ids)
  return ids.length > 0
}

function deleteSentences(database: Database, ids: readonly number[]): void {
  const set = 'SELECT value FROM json_each(?)'
  for (const table of [
    'relation',
    'span',
    'rejection',
    'unanchored',
    'layer_annotation',
    'layer_change',
    'renamed_triple',
    'prediction',
    'set_aside',
    'operation',
    'sentence',
  ])
    database.run(`DELETE FROM ${table} WHERE sentence_id IN (${set})`, JSON.stringify(ids))
}
