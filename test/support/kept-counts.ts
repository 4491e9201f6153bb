/** Counts that are kept of sentences and types, beside what counting the rows gives. */
import { expect } from 'vitest'
import type { Database } from '#main/storage/database'

/** What is kept, and what counting the rows of corpora in sight or in the bin gives. */
export function bothCounts(database: Database) {
  const inSight = 'corpus_id IN (SELECT corpus_id FROM corpus WHERE is_staging = 0)'
  const sentences = 'corpus_id, split, is_reviewed, is_flagged'
  const types = (kind: string, table: string, column: string): string =>
    `SELECT corpus_id, split, '${kind}' AS kind, ${column} AS label, count(*) AS count, count(DISTINCT sentence_id) AS sentences
     FROM ${table} JOIN sentence USING (sentence_id) WHERE ${inSight} GROUP BY corpus_id, split, ${column}`
  const relations = '(SELECT sentence_id, type FROM relation UNION ALL SELECT sentence_id, type FROM unanchored)'
  return {
    kept: [
      database.all(
        `SELECT ${sentences}, flagged_items, overlap, sentences, spans, triples FROM sentence_count
         WHERE ${inSight} AND sentences > 0 ORDER BY 1, 2, 3, 4, 5, 6`,
      ),
      database.all(
        `SELECT corpus_id, split, kind, label, count, sentences FROM label_count
         WHERE ${inSight} AND count > 0 ORDER BY 1, 2, 3, 4`,
      ),
      database.get(`SELECT count(*) AS wrong FROM label_count WHERE ${inSight} AND (count < 0 OR sentences < 0)`),
    ],
    counted: [
      database.all(
        `SELECT ${sentences}, flagged_items > 0 AS flagged_items, overlap, count(*) AS sentences, sum(span_count) AS spans,
           sum(triple_count) AS triples FROM sentence WHERE ${inSight} GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6`,
      ),
      database.all(
        `${types('entity', 'span', 'label')} UNION ALL ${types('relation', relations, 'type')} ORDER BY 1, 2, 3, 4`,
      ),
      { wrong: 0 },
    ],
  }
}

export function expectRightCounts(database: Database): void {
  const { kept, counted } = bothCounts(database)
  expect(kept).toEqual(counted)
}
