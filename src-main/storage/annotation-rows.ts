/** Annotations as rows: read for many sentences at once, written for one. */
import type { AnnotatedRelation, AnnotatedSpan, Annotation, Rejection } from '#main/document/annotation'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { LoggedChange } from '#main/document/operation'
import { isSegmentation } from '#main/document/segmentation'
import type { Database } from './database.ts'
import {
  toRejection,
  toRelation,
  toSpan,
  valuesOf,
  type ItemKind,
  type RejectionRow,
  type RelationRow,
  type SpanRow,
  type Values,
} from './item-rows.ts'
import type { SentenceSet } from './sentence-set.ts'

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
  const rejections = groupBySentence(database.all<RejectionRow>(rowsOf('rejection', set), ...set.values), toRejection)
  const reviews = database.all<ReviewRow>(
    `SELECT sentence_id, is_reviewed, is_flagged, note FROM sentence WHERE sentence_id ${set.sql}`,
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
  return groupBySentence(database.all<SpanRow>(rowsOf('span', set), ...set.values), toSpan)
}

export function readRelations(database: Database, set: SentenceSet): Map<number, AnnotatedRelation[]> {
  return groupBySentence(database.all<RelationRow>(rowsOf('relation', set), ...set.values), toRelation)
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
export function writeChanges(database: Database, sentenceId: number, changes: readonly LoggedChange[]): void {
  database.script('PRAGMA defer_foreign_keys = ON')
  for (const change of changes) {
    if (change.kind === 'review' || isSegmentation(change)) continue // columns of the sentence
    const { kind, before, after } = change
    const idColumn = `${kind}_id`
    if (!after)
      database.run(`DELETE FROM ${kind} WHERE sentence_id = ? AND ${idColumn} = ?`, sentenceId, before?.id ?? '')
    else {
      const row = valuesOf[kind](after as AnnotatedSpan & AnnotatedRelation & Rejection) // of this kind
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

/** Inserts all spans, relations and rejections of a sentence that has none yet. */
export function insertAnnotation(database: Database, sentenceId: number, annotation: Annotation): void {
  const insert = (kind: ItemKind, rows: readonly Values[]): void =>
    rows.forEach((row, position) => {
      const columns = ['sentence_id', 'position', ...Object.keys(row)]
      database.run(
        `INSERT INTO ${kind} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        ...[sentenceId, position, ...Object.values(row)],
      )
    })
  insert('span', annotation.spans.map(valuesOf.span))
  insert('relation', annotation.relations.map(valuesOf.relation))
  insert('rejection', annotation.rejections.map(valuesOf.rejection))
}

function rowsOf(table: string, set: SentenceSet): string {
  return `SELECT * FROM ${table} WHERE sentence_id ${set.sql} ORDER BY sentence_id, position`
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
