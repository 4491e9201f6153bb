/** Reads which sentences of a corpus people changed since a moment: the log is walked backwards, so that a long history costs nothing. */
import type { Corrections } from '#main/runs/corrections'
import { splits, type Split } from '#main/document/doc'
import { mostListed } from '#main/document/split-act'
import type { Database } from './database.ts'
import { splitAt } from './words.ts'

/** Number of operations that one step reads. */
const pageLength = 500

/** First-hand acts in effect, as the index `operation_effect` has them. */
const inEffect = 'corpus_id = ? AND undoes IS NULL AND is_imported = 0'

/** Whether an operation changed more than marks: spans, relations, words or sentences. */
const changesGold = `EXISTS (SELECT 1 FROM json_each(changes) WHERE value ->> '$.kind' NOT IN ('review', 'rejection'))`

/**
 * The sentences that were changed since a moment, some operations at each step. What was undone does not count, nor do marks and
 * rejected suggestions.
 * @param sinceMs milliseconds since 1970.
 * @param most number of sentences after which no more are looked for.
 */
export function* correctionSteps(
  database: Database,
  corpusId: number,
  sinceMs: number,
  most = mostListed,
): Generator<void, Corrections> {
  const found = new Set<number>()
  for (const author of authorsOf(database, corpusId))
    for (let before = Number.MAX_SAFE_INTEGER; found.size <= most;) {
      const page = database.all<{ operation_id: number; sentence_id: number; at_ms: number; is_gold: number }>(
        `SELECT operation_id, sentence_id, at_ms, at_ms > ? AND ${changesGold} AS is_gold
         FROM operation INDEXED BY operation_effect
         WHERE ${inEffect} AND author = ? AND undone_by IS NULL AND operation_id < ? ORDER BY operation_id DESC LIMIT ?`,
        ...[sinceMs, corpusId, author, before, pageLength],
      )
      for (const { sentence_id, is_gold } of page) if (is_gold === 1) found.add(sentence_id)
      yield
      const isOver = page.length < pageLength || page.every(({ at_ms }) => at_ms <= sinceMs)
      before = page.at(-1)?.operation_id ?? 0
      if (isOver) break
    }
  return placed(database, corpusId, [...found].slice(0, most), found.size > most)
}

function authorsOf(database: Database, corpusId: number): string[] {
  const next = `SELECT min(author) FROM operation INDEXED BY operation_effect WHERE ${inEffect}`
  return database.column<string>(
    `WITH RECURSIVE known (author) AS (
       SELECT (${next}) UNION ALL SELECT (${next} AND author > known.author) FROM known WHERE known.author IS NOT NULL)
     SELECT author FROM known WHERE author IS NOT NULL`,
    ...[corpusId, corpusId],
  )
}

function placed(database: Database, corpusId: number, ids: readonly number[], isCut: boolean): Corrections {
  const rows = database.all<{ sentence_id: number; split: number }>(
    `SELECT sentence_id, split FROM sentence NOT INDEXED
     WHERE sentence_id IN (SELECT value FROM json_each(?)) AND corpus_id = ? ORDER BY split, position`,
    ...[JSON.stringify(ids), corpusId],
  )
  const inSplit = Map.groupBy(rows, ({ split }) => splitAt(split))
  const sentences = Object.fromEntries(splits.map((split) => [split, inSplit.get(split)?.length ?? 0]))
  return {
    sentences: sentences as Record<Split, number>, // every split
    sentenceIds: rows.map(({ sentence_id }) => sentence_id),
    isCut,
  }
}
