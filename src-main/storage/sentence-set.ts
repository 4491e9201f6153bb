/** SentenceSet: which sentences a query is about, as a subquery of their ids. */
import type { Split } from '#main/document/doc'
import type { SqlValue } from './database.ts'
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
