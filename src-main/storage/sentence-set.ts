/** SentenceSet: which sentences a query is about, as a subquery of their ids. */
import type { Split } from '#main/document/doc'
import type { Database, SqlValue } from './database.ts'
import { splitIndex } from './words.ts'

export interface SentenceSet {
  /** Yields one column of sentence ids. */
  readonly sql: string
  readonly values: readonly SqlValue[]
}

export function byIds(sentenceIds: readonly number[]): SentenceSet {
  return { sql: 'SELECT value FROM json_each(?)', values: [JSON.stringify(sentenceIds)] }
}

/** The sentences of a split, or of the whole corpus for null. */
export function bySplit(corpusId: number, split: Split | null): SentenceSet {
  const inCorpus = 'SELECT sentence_id FROM sentence WHERE corpus_id = ?'
  return split === null
    ? { sql: inCorpus, values: [corpusId] }
    : { sql: `${inCorpus} AND split = ?`, values: [corpusId, splitIndex(split)] }
}

/** Number of positions that are read together. */
const pageLength = 500

/** The sentences of a split by position, some at each step. */
export function* pagesOf(database: Database, corpusId: number, split: Split): Generator<SentenceSet, void> {
  for (let from = 0; ; from += pageLength) {
    const last = database.get<{ last: number | null }>(
      'SELECT max(position) AS last FROM sentence WHERE corpus_id = ? AND split = ?',
      ...[corpusId, splitIndex(split)],
    )?.last
    if (from >= (last ?? 0)) return
    yield {
      sql: 'SELECT sentence_id FROM sentence WHERE corpus_id = ? AND split = ? AND position > ? AND position <= ?',
      values: [corpusId, splitIndex(split), from, from + pageLength],
    }
  }
}
