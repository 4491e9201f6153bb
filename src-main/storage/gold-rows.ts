/** Reads the columns alone that gold is made of: whole annotations take twice the time. */
import type { Relation } from '#main/document/relation'
import type { Span } from '#main/document/span'
import type { Database } from './database.ts'
import type { SentenceSet } from './sentence-set.ts'

interface SpanRow {
  readonly sentence_id: number
  readonly id: string
  readonly start: number
  readonly end: number
  readonly label: string
  readonly from: number | null
  readonly to: number | null
}
type RelationRow = Relation & { readonly sentence_id: number }

/** Spans by sentence id. */
export function readGoldSpans(database: Database, { sql, values }: SentenceSet): Map<number, Span[]> {
  const rows = database.all<SpanRow>(
    `SELECT sentence_id, span_id AS id, start_token AS start, end_token AS "end", label, start_char AS "from", end_char AS "to"
     FROM span WHERE sentence_id ${sql} ORDER BY sentence_id, position`,
    ...values,
  )
  const spans = new Map<number, Span[]>()
  for (const { sentence_id: sentenceId, id, start, end, label, from, to } of rows) {
    const bare = { id, start, end, label }
    const span = from === null || to === null ? bare : { ...bare, chars: { start: from, end: to } }
    const own = spans.get(sentenceId)
    if (own) own.push(span)
    else spans.set(sentenceId, [span])
  }
  return spans
}

/** Relations by sentence id. */
export function readGoldRelations(database: Database, { sql, values }: SentenceSet): Map<number, Relation[]> {
  const rows = database.all<RelationRow>(
    `SELECT sentence_id, relation_id AS id, subject, type, object FROM relation
     WHERE sentence_id ${sql} ORDER BY sentence_id, position`,
    ...values,
  )
  return Map.groupBy(rows, ({ sentence_id: sentenceId }) => sentenceId)
}
