/** Reads one page of a corpus's sentences, filtered, in the order train, dev, test. */
import { splits, type Split } from '#main/document/doc'
import type { SentenceFilter, SentencePage, SentenceRow } from '#main/document/sentence-row'
import { readRelations, readSpans, readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { scoreRun } from './prediction-scores.ts'
import { countSentences, countUnpredicted } from './sentence-counts.ts'
import { textTriples } from './sentence-facts.ts'
import { conditionOf, overlapClassesOf, type QueueFilter } from './sentence-filter.ts'
import type { Matches } from './sentence-matches.ts'
import { byIds } from './sentence-set.ts'
import { splitAt, splitIndex, unpackTokens, wordsOf } from './words.ts'

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

/** Number of sentences that may be gone through to find a page. */
const mostPassed = 40_000

/** Number of first sentences of which the predictions are looked up one by one. */
const mostLookedUp = 8_000

/** Ids of a page, and the number of all that pass the filter. */
interface IdPage {
  readonly total: number
  readonly ids: readonly number[]
}

/** Reads a page, some milliseconds of work at each step. */
export function* readPage(
  database: Database,
  matches: Matches,
  ...[corpusId, filter, offset, limit]: [number, SentenceFilter, number, number]
): Generator<void, SentencePage> {
  const { total, ids } = yield* readIdPage(database, matches, corpusId, filter, offset, limit)
  const unpredicted = filter.run ? countUnpredicted(database, corpusId, filter.run.runId) : null
  return { total, ...(unpredicted !== null && { unpredicted }), rows: readRows(database, ids) }
}

/** The page of ids. With a kept number of matches only what stands before the page in an index is passed over. */
export function* readIdPage(
  database: Database,
  matches: Matches,
  ...[corpusId, filter, offset, limit]: [number, QueueFilter, number, number]
): Generator<void, IdPage> {
  if (filter.run) yield* scoreRun(database, filter.run.runId)
  const total = countSentences(database, corpusId, filter)
  const first = total !== null && filter.run ? idsAtBegin(database, corpusId, filter, offset, limit) : null
  if (total !== null && first) return { total, ids: first }
  if (total !== null && !filter.run && isNear(database, corpusId, filter, total, offset + limit))
    return { total, ids: idsOfPage(database, corpusId, filter, offset, limit) }
  const ids = yield* matches.find(corpusId, filter)
  return { total: ids.length, ids: [...ids.subarray(offset, offset + limit)] }
}

/** Ids of a page that lies among the first sentences; null where it does not, for what a run predicts may lie anywhere. */
function idsAtBegin(
  database: Database,
  corpusId: number,
  filter: QueueFilter,
  offset: number,
  limit: number,
): number[] | null {
  const { sql, values } = conditionOf(corpusId, filter)
  const [split] = splits.filter(
    (one) => filter.splits?.includes(one) ?? countSentences(database, corpusId, { splits: [one] }),
  )
  const ids = database.column<number>(
    `SELECT sentence_id FROM sentence WHERE ${sql} AND split = ? AND position <= ? ORDER BY position LIMIT ? OFFSET ?`,
    ...[...values, splitIndex(split ?? 'train'), mostLookedUp, limit, offset],
  )
  return ids.length === limit ? ids : null
}

/** A page is near when it is found without going through much of the corpus. */
function isNear(database: Database, corpusId: number, filter: QueueFilter, total: number, end: number): boolean {
  if (filter.entityType === undefined && filter.relationType === undefined) return true // passed over in an index alone
  const all = countSentences(database, corpusId, {}) ?? 0
  return end <= total && (end * all) / total <= mostPassed
}

function idsOfPage(database: Database, corpusId: number, filter: QueueFilter, offset: number, limit: number): number[] {
  const isWhole = Object.entries(filter).every(([name, value]) => name === 'splits' || value === undefined)
  const placed = isWhole ? idsByPosition(database, corpusId, filter.splits ?? splits, offset, limit) : null
  if (placed) return placed
  const { sql, values } = conditionOf(corpusId, filter)
  return database.column<number>(
    `SELECT sentence_id FROM sentence WHERE ${sql} ORDER BY split, position LIMIT ? OFFSET ?`,
    ...[...values, limit, offset],
  )
}

/** Ids of a page of whole splits, found by position; null where a split has gaps. */
function idsByPosition(
  database: Database,
  corpusId: number,
  wanted: readonly Split[],
  offset: number,
  limit: number,
): number[] | null {
  const ids: number[] = []
  let before = 0
  for (const split of splits.filter((one) => wanted.includes(one))) {
    const count = countSentences(database, corpusId, { splits: [split] }) ?? 0
    const last = database.get<{ last: number | null }>(
      'SELECT max(position) AS last FROM sentence WHERE corpus_id = ? AND split = ?',
      ...[corpusId, splitIndex(split)],
    )?.last
    if ((last ?? 0) !== count) return null
    const from = Math.max(0, offset - before)
    if (ids.length < limit && from < count)
      ids.push(
        ...database.column<number>(
          'SELECT sentence_id FROM sentence WHERE corpus_id = ? AND split = ? AND position > ? ORDER BY position LIMIT ?',
          ...[corpusId, splitIndex(split), from, limit - ids.length],
        ),
      )
    before += count
  }
  return ids
}

function readRows(database: Database, sentenceIds: readonly number[]): SentenceRow[] {
  const set = byIds(sentenceIds)
  const spans = readSpans(database, set)
  const relations = readRelations(database, set)
  const unanchored = readUnanchored(database, set)
  const rows = database.all<Row>(
    `SELECT * FROM sentence WHERE sentence_id ${set.sql} ORDER BY split, position`,
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
