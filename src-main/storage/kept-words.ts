/** Words of corpora that were counted once, and which sentences stood in which split then. */
import type { Database } from './database.ts'
import { refuseOnTheWay } from './segmentation/place.ts'

export interface KeptWords {
  readonly state: string
  /** As JSON. */
  readonly counts: string
  /** As JSON. */
  readonly vocabulary: string
}

/**
 * A text that is another one when sentences come, go or move to other splits, or words are split or joined: only then do the words of a
 * split change.
 * @throws AppError 'conflict' while sentences move.
 */
export function wordsStateOf(database: Database, corpusId: number): string {
  refuseOnTheWay(database, corpusId)
  const counts = database.all(
    'SELECT split, sum(sentences) AS sentences FROM sentence_count WHERE corpus_id = ? GROUP BY split ORDER BY split',
    corpusId,
  )
  const act = database.get<{ last: number | null }>(
    'SELECT max(act_id) AS last FROM split_act WHERE corpus_id = ?',
    corpusId,
  )
  const corpus = database.get<{ segmentations: number }>(
    'SELECT segmentations FROM corpus WHERE corpus_id = ?',
    corpusId,
  )
  return JSON.stringify([counts, act?.last ?? null, corpus?.segmentations ?? 0])
}

/** Null where none were counted, or the corpus has other sentences by now. */
export function readKeptWords<Column extends 'counts' | 'vocabulary'>(
  database: Database,
  corpusId: number,
  column: Column,
): string | null {
  const row = database.get<{ state: string; value: string }>(
    `SELECT state, ${column} AS value FROM corpus_words WHERE corpus_id = ?`,
    corpusId,
  )
  return row && row.state === wordsStateOf(database, corpusId) ? row.value : null
}

export function keepWords(database: Database, corpusId: number, { state, counts, vocabulary }: KeptWords): void {
  database.run(
    'INSERT OR REPLACE INTO corpus_words (corpus_id, state, counts, vocabulary) VALUES (?, ?, ?, ?)',
    ...[corpusId, state, counts, vocabulary],
  )
}
