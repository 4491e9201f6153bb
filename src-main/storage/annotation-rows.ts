/** Annotations as rows: read for many sentences at once, written for one. */
import type {
  AnnotatedRelation,
  AnnotatedSpan,
  Annotation,
  Origin,
  Provenance,
  Rejection,
} from '#main/document/annotation'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Change } from '#main/document/operation'
import type { Database } from './database.ts'
import type { SentenceSet } from './sentence-set.ts'

interface ProvenanceRow {
  readonly sentence_id: number
  readonly origin: Origin
  readonly author: string
  readonly confidence: number | null
}
type SpanRow = ProvenanceRow & { span_id: string; start_token: number; end_token: number; label: string }
type RelationRow = ProvenanceRow & { relation_id: string; subject: string; type: string; object: string }
type RejectionRow = ProvenanceRow & { rejection_id: string; kind: Rejection['kind']; key: string }
interface ReviewRow {
  readonly sentence_id: number
  readonly is_reviewed: number
  readonly is_flagged: number
  readonly note: string
}

/** The annotation of every sentence of the set, by sentence id. */
export function readAnnotations(database: Database, set: SentenceSet): Map<number, Annotation> {
  const spans = readSpans(database, set)
  const relations = readRelations(database, set)
  const rejections = groupBySentence(
    database.all<RejectionRow>(rowsOf('rejection', set), ...set.values),
    (row): Rejection => ({ id: row.rejection_id, kind: row.kind, key: row.key, provenance: toProvenance(row) }),
  )
  const reviews = database.all<ReviewRow>(
    `SELECT sentence_id, is_reviewed, is_flagged, note FROM sentence WHERE sentence_id IN (${set.sql})`,
    ...set.values,
  )
  return new Map(
    reviews.map(({ sentence_id, is_reviewed, is_flagged, note }) => [
      sentence_id,
      {
        spans: spans.get(sentence_id) ?? [],
        relations: relations.get(sentence_id) ?? [],
        rejections: rejections.get(sentence_id) ?? [],
        review: { isReviewed: is_reviewed === 1, isFlagged: is_flagged === 1, note },
      },
    ]),
  )
}

export function readSpans(database: Database, set: SentenceSet): Map<number, AnnotatedSpan[]> {
  return groupBySentence(database.all<SpanRow>(rowsOf('span', set), ...set.values), (row): AnnotatedSpan => ({
    id: row.span_id,
    start: row.start_token,
    end: row.end_token,
    label: row.label,
    provenance: toProvenance(row),
  }))
}

export function readRelations(database: Database, set: SentenceSet): Map<number, AnnotatedRelation[]> {
  return groupBySentence(
    database.all<RelationRow>(rowsOf('relation', set), ...set.values),
    (row): AnnotatedRelation => ({
      id: row.relation_id,
      subject: row.subject,
      type: row.type,
      object: row.object,
      provenance: toProvenance(row),
    }),
  )
}

export function readUnanchored(database: Database, set: SentenceSet): Map<number, TextTriple[]> {
  return groupBySentence(
    database.all<TextTriple & { sentence_id: number }>(rowsOf('unanchored', set), ...set.values),
    ({ subject, type, object }): TextTriple => ({ subject, type, object }),
  )
}

/**
 * Writes changes of one sentence, row by row, so that a gesture costs the same in a long sentence as in a short one. What
 * is new comes last, as `applyChanges` has it. Rows may refer to each other in any order until the transaction ends.
 */
export function writeChanges(database: Database, sentenceId: number, changes: readonly Change[]): void {
  database.script('PRAGMA defer_foreign_keys = ON')
  for (const change of changes) {
    if (change.kind === 'review') continue // a column of the sentence
    const { kind, before, after } = change
    const idColumn = `${kind}_id`
    if (!after)
      database.run(`DELETE FROM ${kind} WHERE sentence_id = ? AND ${idColumn} = ?`, sentenceId, before?.id ?? '')
    else {
      const row = valuesOf(change.kind, after as AnnotatedSpan & AnnotatedRelation & Rejection) // of this kind
      const columns = Object.keys(row)
      if (before)
        database.run(
          `UPDATE ${kind} SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE sentence_id = ? AND ${idColumn} = ?`,
          ...[...Object.values(row), sentenceId, before.id],
        )
      else
        database.run(
          `INSERT INTO ${kind} (sentence_id, position, ${columns.join(', ')})
           VALUES (?, (SELECT coalesce(max(position), -1) + 1 FROM ${kind} WHERE sentence_id = ?), ${columns.map(() => '?').join(', ')})`,
          ...[sentenceId, sentenceId, ...Object.values(row)],
        )
    }
  }
}

function valuesOf(
  kind: 'span' | 'relation' | 'rejection',
  item: AnnotatedSpan & AnnotatedRelation & Rejection,
): Record<string, string | number | null> {
  const [origin, author, confidence] = fromProvenance(item.provenance)
  const provenance = { origin, author, confidence }
  switch (kind) {
    case 'span':
      return { span_id: item.id, start_token: item.start, end_token: item.end, label: item.label, ...provenance }
    case 'relation':
      return { relation_id: item.id, subject: item.subject, type: item.type, object: item.object, ...provenance }
    case 'rejection':
      return { rejection_id: item.id, kind: item.kind, key: item.key, ...provenance }
  }
}

/** Everything of a sentence that has nothing yet. */
export function insertAnnotation(database: Database, sentenceId: number, annotation: Annotation): void {
  annotation.spans.forEach(({ id, start, end, label, provenance }, position) =>
    database.run(
      'INSERT INTO span VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[sentenceId, position, id, start, end, label],
      ...fromProvenance(provenance),
    ),
  )
  annotation.relations.forEach(({ id, subject, type, object, provenance }, position) =>
    database.run(
      'INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ...[sentenceId, position, id, subject, type, object],
      ...fromProvenance(provenance),
    ),
  )
  annotation.rejections.forEach(({ id, kind, key, provenance }, position) =>
    database.run(
      'INSERT INTO rejection VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ...[sentenceId, position, id, kind, key],
      ...fromProvenance(provenance),
    ),
  )
}

function rowsOf(table: string, set: SentenceSet): string {
  return `SELECT * FROM ${table} WHERE sentence_id IN (${set.sql}) ORDER BY sentence_id, position`
}

function groupBySentence<Row extends { readonly sentence_id: number }, Item>(
  rows: readonly Row[],
  toItem: (row: Row) => Item,
): Map<number, Item[]> {
  const groups = new Map<number, Item[]>()
  for (const row of rows) {
    const group = groups.get(row.sentence_id)
    if (group) group.push(toItem(row))
    else groups.set(row.sentence_id, [toItem(row)])
  }
  return groups
}

function toProvenance({ origin, author, confidence }: ProvenanceRow): Provenance {
  return { origin, author, ...(confidence !== null && { confidence }) }
}

function fromProvenance({ origin, author, confidence }: Provenance): [string, string, number | null] {
  return [origin, author, confidence ?? null]
}
