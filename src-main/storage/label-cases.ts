/** Finds cases of a type: reviewed sentences that hold it, those worked on last first, within a bounded number of rows. */
import type { LabelCase } from '#main/labels/label-case'
import type { LabelKind } from '#main/labels/edit-labels'
import { caseContext } from '#main/labels/guideline'
import type { Database } from './database.ts'
import { splitAt, unpackTokens, wordsOf } from './words.ts'

/** Numbers of operations, and then of items of the type, that are searched: a corpus of any size answers at once. */
const mostActs = 20_000
const mostItems = 20_000

interface Row {
  readonly sentence_id: number
  readonly split: number
  readonly position: number
  readonly text: string
  readonly tokens: string
  readonly start_token: number
  readonly end_token: number
  /** Words of the object; null for an entity type. */
  readonly object_start: number | null
  readonly object_end: number | null
}

/** Queries for the first item of a type in a sentence. */
const items: Record<LabelKind, string> = {
  entity: `SELECT sentence_id, min(position) AS position, start_token, end_token,
             NULL AS object_start, NULL AS object_end
           FROM span WHERE sentence_id = ? AND label = ? GROUP BY sentence_id`,
  relation: `SELECT r.sentence_id, min(r.position) AS position, s.start_token, s.end_token,
               o.start_token AS object_start, o.end_token AS object_end
             FROM relation r
             JOIN span s ON s.sentence_id = r.sentence_id AND s.span_id = r.subject
             JOIN span o ON o.sentence_id = r.sentence_id AND o.span_id = r.object
             WHERE r.sentence_id = ? AND r.type = ? GROUP BY r.sentence_id`,
}

const byLatestAct: Record<LabelKind, string> = { entity: recent('span', 'label'), relation: recent('relation', 'type') }
const byNumber: Record<LabelKind, string> = {
  entity: numbered('span', 'label'),
  relation: numbered('relation', 'type'),
}

export function readLabelCases(
  database: Database,
  corpusId: number,
  kind: LabelKind,
  name: string,
  limit: number,
): LabelCase[] {
  const idsOf = (sql: string): number[] =>
    database.all<{ sentence_id: number }>(sql, name, corpusId, limit).map(({ sentence_id }) => sentence_id)
  const latest = idsOf(byLatestAct[kind])
  const all = latest.length < limit ? [...new Set([...latest, ...idsOf(byNumber[kind])])] : latest
  return all.slice(0, limit).flatMap((sentenceId) => {
    const row = database.get<Row>(
      `SELECT sentence_id, split, sentence.position AS position, text, tokens, start_token, end_token,
         object_start, object_end
       FROM (${items[kind]}) JOIN sentence USING (sentence_id)`,
      sentenceId,
      name,
    )
    return row ? [toCase(row)] : []
  })
}

/** Query for reviewed sentences that hold the type, by the latest operation on them. */
function recent(table: string, column: string): string {
  return `SELECT sentence_id FROM
      (SELECT corpus_id, sentence_id, operation_id FROM operation ORDER BY operation_id DESC LIMIT ${mostActs}) AS act
    JOIN sentence USING (sentence_id)
    WHERE EXISTS (SELECT 1 FROM ${table} AS item WHERE item.sentence_id = act.sentence_id AND item.${column} = ?)
      AND act.corpus_id = ? AND is_reviewed = 1
    GROUP BY sentence_id ORDER BY max(operation_id) DESC LIMIT ?`
}

/** Query for reviewed sentences that hold the type, by number: for those reviewed long ago, or before they were imported. */
function numbered(table: string, column: string): string {
  return `SELECT DISTINCT sentence_id FROM
      (SELECT sentence_id FROM ${table} WHERE ${column} = ? ORDER BY sentence_id DESC LIMIT ${mostItems})
    JOIN sentence USING (sentence_id)
    WHERE corpus_id = ? AND is_reviewed = 1 ORDER BY sentence_id DESC LIMIT ?`
}

function toCase(row: Row): LabelCase {
  const words = wordsOf(row.text, unpackTokens(row.tokens))
  const subject = { start: row.start_token, end: row.end_token }
  const object =
    row.object_start === null || row.object_end === null ? null : { start: row.object_start, end: row.object_end }
  const ranges = object ? [subject, object] : [subject]
  const from = Math.max(0, Math.min(...ranges.map(({ start }) => start)) - caseContext)
  const to = Math.max(...ranges.map(({ end }) => end)) + caseContext
  const shift = ({ start, end }: { start: number; end: number }) => ({ start: start - from, end: end - from })
  return {
    ...{ sentenceId: row.sentence_id, split: splitAt(row.split), position: row.position },
    words: words.slice(from, to),
    ...{ isCutBefore: from > 0, isCutAfter: to < words.length },
    span: shift(subject),
    object: object && shift(object),
  }
}
