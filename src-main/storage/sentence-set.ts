/** SentenceSet: which sentences a query is about. */
import type { Split } from '#main/document/doc'
import type { Database, SqlValue } from './database.ts'
import { splitIndex } from './words.ts'

export interface SentenceSet {
  /** The SQL that stands behind a column of sentence ids to make a condition of it. */
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** Ids without a gap are given by their ends, which SQLite reads in half the time. */
export function byIds(sentenceIds: readonly number[]): SentenceSet {
  const ends = endsOf(sentenceIds)
  return ends
    ? { sql: 'BETWEEN ? AND ?', values: ends }
    : { sql: 'IN (SELECT value FROM json_each(?))', values: [JSON.stringify(sentenceIds)] }
}

/** The first and the last of ids that go up by one; null where they do not. */
function endsOf(ids: readonly number[]): readonly [number, number] | null {
  const [first, last] = [ids[0], ids.at(-1)]
  if (first === undefined || last === undefined || last - first !== ids.length - 1) return null
  return ids.every((id, at) => id === first + at) ? [first, last] : null
}

/** The sentences of a split, or of the whole corpus for null. */
export function bySplit(corpusId: number, split: Split | null): SentenceSet {
  const inCorpus = 'SELECT sentence_id FROM sentence WHERE corpus_id = ?'
  return split === null
    ? { sql: `IN (${inCorpus})`, values: [corpusId] }
    : { sql: `IN (${inCorpus} AND split = ?)`, values: [corpusId, splitIndex(split)] }
}

/** Number of sentence ids in a window. */
const windowLength = 10_000

/** Ranges of the ids of all sentences from one on: finding the ends of a single corpus would go through it. */
export function* idWindows(database: Database, from = 0): Generator<readonly [first: number, last: number], void> {
  const endOf = (end: 'min' | 'max'): number =>
    database.get<{ id: number | null }>(`SELECT ${end}(sentence_id) AS id FROM sentence`)?.id ?? 0
  const last = endOf('max')
  for (let first = Math.max(from, endOf('min')); first <= last; first += windowLength)
    yield [first, Math.min(last, first + windowLength - 1)]
}

/** Number of positions that are read together. */
const pageLength = 500

/** The sentences of a split by position, some at each step. */
export function* pagesOf(database: Database, corpusId: number, split: Split): Generator<SentenceSet, void> {
  for (let from = 0; ; from += pageLength) {
    const place = [corpusId, splitIndex(split)] as const
    const last = database.get<{ last: number | null }>(
      'SELECT max(position) AS last FROM sentence WHERE corpus_id = ? AND split = ?',
      ...place,
    )?.last
    if (from >= (last ?? 0)) return
    yield byIds(
      database.column<number>(
        `SELECT sentence_id FROM sentence WHERE corpus_id = ? AND split = ? AND position > ? AND position <= ? ORDER BY position`,
        ...[...place, from, from + pageLength],
      ),
    )
  }
}
