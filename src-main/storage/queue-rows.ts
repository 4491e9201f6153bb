/** Reads what a queue is ordered by, for many sentences at once. */
import type { Split } from '#main/document/doc'
import type { Database } from './database.ts'
import { conditionOf, type QueueFilter } from './sentence-filter.ts'
import { byIds } from './sentence-set.ts'
import { splitAt } from './words.ts'

export interface QueueRow {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly triples: number
  readonly isReviewed: boolean
  readonly isFlagged: boolean
  /** Number of flagged spans and relations in the sentence. */
  readonly flaggedItems: number
  /** Number of places where those who annotated the sentence say different things. */
  readonly disputes: number
}

interface Row {
  readonly sentence_id: number
  readonly split: number
  readonly position: number
  readonly triple_count: number
  readonly is_reviewed: number
  readonly is_flagged: number
  readonly flagged_items: number
  readonly layer_disputes: number
}

export function readQueueRows(database: Database, corpusId: number, filter: QueueFilter): QueueRow[] {
  const { sql, values } = conditionOf(corpusId, filter)
  const rows = database.all<Row>(`SELECT ${columns} FROM sentence WHERE ${sql} ORDER BY split, position`, ...values)
  return rows.map(toQueueRow)
}

/** The rows of these sentences, in the order of the ids. */
export function readQueueRowsOf(database: Database, sentenceIds: readonly number[]): QueueRow[] {
  const set = byIds(sentenceIds)
  const rows = database.all<Row>(`SELECT ${columns} FROM sentence WHERE sentence_id ${set.sql}`, ...set.values)
  const byId = new Map(rows.map((row) => [row.sentence_id, toQueueRow(row)]))
  return sentenceIds.flatMap((sentenceId) => byId.get(sentenceId) ?? [])
}

/** The rows of those of these sentences that pass the filter. */
export function readQueueRowsAmong(
  database: Database,
  corpusId: number,
  filter: QueueFilter,
  sentenceIds: readonly number[],
): QueueRow[] {
  const { sql, values } = conditionOf(corpusId, filter)
  const rows = database.all<Row>(
    // without an index of other columns the sentences are looked up by their ids
    `SELECT ${columns} FROM sentence NOT INDEXED WHERE sentence_id IN (SELECT value FROM json_each(?)) AND ${sql}`,
    ...[JSON.stringify(sentenceIds), ...values],
  )
  return rows.map(toQueueRow)
}

const columns = 'sentence_id, split, position, triple_count, is_reviewed, is_flagged, flagged_items, layer_disputes'

function toQueueRow(row: Row): QueueRow {
  return {
    sentenceId: row.sentence_id,
    split: splitAt(row.split),
    position: row.position,
    triples: row.triple_count,
    isReviewed: row.is_reviewed === 1,
    isFlagged: row.is_flagged === 1,
    flaggedItems: row.flagged_items,
    disputes: row.layer_disputes,
  }
}

export function readTexts(database: Database, sentenceIds: readonly number[]): Map<number, string> {
  const set = byIds(sentenceIds)
  const rows = database.all<{ sentence_id: number; text: string }>(
    `SELECT sentence_id, text FROM sentence WHERE sentence_id ${set.sql}`,
    ...set.values,
  )
  return new Map(rows.map(({ sentence_id, text }) => [sentence_id, text]))
}
