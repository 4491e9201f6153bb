/** Orders that runs give to sentences that are not reviewed: a page of them is read from an index of kept scores. */
import type { SentenceFilter } from '#main/document/sentence-row'
import type { Database, SqlValue } from './database.ts'
import { pairOf, scoreStampOf } from './prediction-scores.ts'
import { conditionOf } from './sentence-filter.ts'

export type RunOrder =
  | { readonly order: 'uncertain'; readonly runId: string }
  | { readonly order: 'disagreement'; readonly runId: string; readonly againstRunId: string }

interface Ranking {
  readonly table: string
  /** Condition on rows of the table. */
  readonly where: string
  readonly values: readonly SqlValue[]
  readonly orderBy: string
}

function rankingOf(database: Database, by: RunOrder): Ranking {
  return by.order === 'uncertain'
    ? {
        table: 'prediction',
        where: 'run_id = ? AND scored_as = ? AND distance IS NOT NULL',
        values: [by.runId, scoreStampOf(database, by.runId)],
        orderBy: 'distance, sentence_id',
      }
    : {
        table: 'disagreement',
        where: 'run_id = ? AND against_run_id = ?',
        values: pairOf(by.runId, by.againstRunId),
        orderBy: 'items DESC, sentence_id',
      }
}

/** Ids of a page of sentences that pass the filter; those without a score come last, in the order of the corpus. */
export function readOrderedIds(
  database: Database,
  corpusId: number,
  filter: SentenceFilter,
  by: RunOrder,
  offset: number,
  limit: number,
): number[] {
  const { table, where, values, orderBy } = rankingOf(database, by)
  const passing = conditionOf(corpusId, filter)
  // the scores are gone through in their order, whatever else has an index
  const ranked = `FROM ${table} CROSS JOIN sentence USING (sentence_id) WHERE ${where} AND ${passing.sql}`
  const all = [...values, ...passing.values]
  const ids = database.column<number>(
    `SELECT sentence_id ${ranked} ORDER BY ${orderBy} LIMIT ? OFFSET ?`,
    ...[...all, limit, offset],
  )
  if (ids.length === limit) return ids
  const count = database.get<{ total: number }>(`SELECT count(*) AS total ${ranked}`, ...all)?.total ?? 0
  const rest = database.column<number>(
    `SELECT sentence_id FROM sentence WHERE ${passing.sql} AND NOT EXISTS
       (SELECT 1 FROM ${table} WHERE ${where} AND ${table}.sentence_id = sentence.sentence_id)
     ORDER BY split, position LIMIT ? OFFSET ?`,
    ...[...passing.values, ...values, limit - ids.length, Math.max(0, offset - count)],
  )
  return [...ids, ...rest]
}

/** All scores of an order, the first of it having the highest; sentences without one are absent. */
export function readScores(database: Database, by: RunOrder): Map<number, number> {
  const { table, where, values } = rankingOf(database, by)
  const score = by.order === 'uncertain' ? '-distance' : 'items'
  const rows = database.all<{ sentence_id: number; score: number }>(
    `SELECT sentence_id, ${score} AS score FROM ${table} WHERE ${where}`,
    ...values,
  )
  return new Map(rows.map(({ sentence_id, score: value }) => [sentence_id, value]))
}

/** Disagreements of two runs by sentence id; sentences that not both have predicted are absent. */
export function readDisagreements(
  database: Database,
  runId: string,
  againstRunId: string,
  sentenceIds: readonly number[],
): Map<number, number> {
  const rows = database.all<{ sentence_id: number; items: number }>(
    `SELECT sentence_id, items FROM disagreement
     WHERE sentence_id IN (SELECT value FROM json_each(?)) AND run_id = ? AND against_run_id = ?`,
    ...[JSON.stringify(sentenceIds), ...pairOf(runId, againstRunId)],
  )
  return new Map(rows.map(({ sentence_id, items }) => [sentence_id, items]))
}
