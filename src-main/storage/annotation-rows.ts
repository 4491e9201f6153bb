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
import { remarkOf, type Remarkable } from '#main/document/remark'
import type { Database } from './database.ts'
import type { SentenceSet } from './sentence-set.ts'

interface ProvenanceRow {
  readonly sentence_id: number
  readonly origin: Origin
  readonly author: string
  readonly confidence: number | null
}
interface RemarkRow {
  readonly note: string
  readonly is_flagged: number
}
type SpanRow = ProvenanceRow & RemarkRow & { span_id: string; start_token: number; end_token: number; label: string }
type RelationRow = ProvenanceRow & RemarkRow & { relation_id: string; subject: string; type: string; object: string }
type RejectionRow = ProvenanceRow & { rejection_id: string; kind: Rejection['kind']; key: string }
type ItemKind = 'span' | 'relation' | 'rejection'
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
    ...toRemark(row),
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
      ...toRemark(row),
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

type Values = Record<string, string | number | null>

function valuesOf(kind: ItemKind, item: AnnotatedSpan & AnnotatedRelation & Rejection): Values {
  switch (kind) {
    case 'span':
      return spanValues(item)
    case 'relation':
      return relationValues(item)
    case 'rejection':
      return rejectionValues(item)
  }
}

function spanValues(span: AnnotatedSpan): Values {
  const { id, start, end, label } = span
  return { span_id: id, start_token: start, end_token: end, label, ...fromProvenance(span), ...fromRemark(span) }
}

function relationValues(relation: AnnotatedRelation): Values {
  const { id, subject, type, object } = relation
  return { relation_id: id, subject, type, object, ...fromProvenance(relation), ...fromRemark(relation) }
}

function rejectionValues(rejection: Rejection): Values {
  const { id, kind, key } = rejection
  return { rejection_id: id, kind, key, ...fromProvenance(rejection) }
}

/** Everything of a sentence that has nothing yet. */
export function insertAnnotation(database: Database, sentenceId: number, annotation: Annotation): void {
  const insert = (kind: ItemKind, rows: readonly Values[]): void =>
    rows.forEach((row, position) => {
      const columns = ['sentence_id', 'position', ...Object.keys(row)]
      database.run(
        `INSERT INTO ${kind} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        ...[sentenceId, position, ...Object.values(row)],
      )
    })
  insert('span', annotation.spans.map(spanValues))
  insert('relation', annotation.relations.map(relationValues))
  insert('rejection', annotation.rejections.map(rejectionValues))
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

function fromProvenance({ provenance }: { readonly provenance: Provenance }): Values {
  const { origin, author, confidence } = provenance
  return { origin, author, confidence: confidence ?? null }
}

function toRemark({ note, is_flagged }: RemarkRow): Remarkable {
  return note === '' && is_flagged === 0 ? {} : { remark: { note, isFlagged: is_flagged === 1 } }
}

function fromRemark(item: Remarkable): Values {
  const { note, isFlagged } = remarkOf(item)
  return { note, is_flagged: Number(isFlagged) }
}
