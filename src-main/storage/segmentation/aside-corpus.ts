/**
 * Sentences that were joined with the one before them lie aside: their rows stay as they are, in a corpus that is never in sight. What
 * belongs to a corpus as a whole (counts, lists, search) so leaves them out without asking.
 */
import type { Database } from '../database.ts'
import { asidePosition } from '../renumber.ts'

/** Puts a sentence of a corpus aside. */
export function setAside(database: Database, corpusId: number, sentenceId: number): void {
  const aside = asideCorpus(database, corpusId)
  database.run(
    `UPDATE sentence SET corpus_id = ?, doc_id = (SELECT doc_id FROM doc WHERE corpus_id = ?), ${asidePosition}
     WHERE sentence_id = ?`,
    ...[aside, aside, sentenceId],
  )
}

/** Brings a sentence back behind another one, without a place among the sentences of its split; false where it does not lie aside. */
export function bringBack(
  database: Database,
  sentenceId: number,
  { docId, firstToken }: { readonly docId: number; readonly firstToken: number },
): boolean {
  const { changes } = database.run(
    `UPDATE sentence SET doc_id = ?, first_token = ?, (corpus_id, split) = (SELECT corpus_id, split FROM doc WHERE doc_id = ?)
     WHERE sentence_id = ? AND corpus_id IN (SELECT corpus_id FROM corpus WHERE aside_of IS NOT NULL)`,
    ...[docId, firstToken, docId, sentenceId],
  )
  return changes > 0
}

/** The corpus out of sight, with the one document that its sentences belong to. */
function asideCorpus(database: Database, corpusId: number): number {
  const known = database.get<{ corpus_id: number }>('SELECT corpus_id FROM corpus WHERE aside_of = ?', corpusId)
  if (known) return known.corpus_id
  const { lastId } = database.run(
    `INSERT INTO corpus (name, labels, created_ms, is_staging, aside_of)
     SELECT '', labels, created_ms, 1, corpus_id FROM corpus WHERE corpus_id = ?`,
    corpusId,
  )
  database.run(
    `INSERT INTO doc (corpus_id, split, file, source_id, text, tokens) VALUES (?, 0, '', '', '', '[]')`,
    lastId,
  )
  return lastId
}
