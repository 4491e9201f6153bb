/** Reads one page of a corpus's sentences, filtered, in the order train, dev, test. */
import type { SentenceFilter, SentencePage, SentenceRow } from '#main/document/sentence-row'
import { readRelations, readSpans, readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { textTriples } from './sentence-facts.ts'
import { conditionOf, overlapClassesOf } from './sentence-filter.ts'
import { byIds } from './sentence-set.ts'
import { splitAt, unpackTokens, wordsOf } from './words.ts'

interface Row {
  readonly sentence_id: number
  readonly split: number
  readonly position: number
  readonly text: string
  readonly tokens: string
  readonly is_reviewed: number
  readonly is_flagged: number
  readonly flagged_items: number
  readonly overlap: number
}

/** Reads a page. Counting and skipping read an index alone, so only the rows of the page are fetched. */
export function readPage(
  database: Database,
  corpusId: number,
  filter: SentenceFilter,
  offset: number,
  limit: number,
): SentencePage {
  const { sql, values } = conditionOf(corpusId, filter)
  const total = database.get<{ total: number }>(`SELECT count(*) AS total FROM sentence WHERE ${sql}`, ...values)
  const ids = database.all<{ sentence_id: number }>(
    `SELECT sentence_id FROM sentence WHERE ${sql} ORDER BY split, position LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  )
  return {
    total: total?.total ?? 0,
    rows: readRows(
      database,
      ids.map(({ sentence_id }) => sentence_id),
    ),
  }
}

function readRows(database: Database, sentenceIds: readonly number[]): SentenceRow[] {
  const set = byIds(sentenceIds)
  const spans = readSpans(database, set)
  const relations = readRelations(database, set)
  const unanchored = readUnanchored(database, set)
  const rows = database.all<Row>(
    `SELECT * FROM sentence WHERE sentence_id IN (${set.sql}) ORDER BY split, position`,
    ...set.values,
  )
  return rows.map((row) => {
    const tokens = unpackTokens(row.tokens)
    const content = {
      spans: spans.get(row.sentence_id) ?? [],
      relations: relations.get(row.sentence_id) ?? [],
      unanchored: unanchored.get(row.sentence_id) ?? [],
      repeatedTriples: 0, // the classes come from the row
    }
    return {
      sentenceId: row.sentence_id,
      split: splitAt(row.split),
      position: row.position,
      text: row.text,
      tokens,
      spans: content.spans.map(({ start, end, label }) => ({ start, end, label })),
      triples: textTriples(wordsOf(row.text, tokens), content),
      isReviewed: row.is_reviewed === 1,
      isFlagged: row.is_flagged === 1,
      flaggedItems: row.flagged_items,
      overlapClasses: overlapClassesOf(row.overlap),
    }
  })
}
