/** Renaming a label in a whole corpus: finds the sentences that hold it, and keeps what an undo needs beside their operations. */
import type { LabelSet } from '#main/labels/label-set'
import type { Database } from './database.ts'
import type { LabelRenaming } from './layer-labels.ts'
import { byIds } from './sentence-set.ts'

export interface LabelChange {
  readonly corpusId: number
  readonly before: LabelSet
  readonly after: LabelSet
  readonly from: string
  readonly to: string
}

/** Ids of the sentences between two ids that may hold the label, layers and refusals included, in ascending order. */
export function sentencesToRename(
  database: Database,
  corpusId: number,
  { kind, from }: LabelRenaming,
  first: number,
  last: number,
): number[] {
  const own =
    kind === 'entity'
      ? ['SELECT sentence_id FROM span WHERE label = ?']
      : ['SELECT sentence_id FROM relation WHERE type = ?', 'SELECT sentence_id FROM unanchored WHERE type = ?']
  const wide = [
    'SELECT sentence_id FROM rejection WHERE instr(key, ?) > 0',
    'SELECT sentence_id FROM layer_annotation WHERE instr(annotation, ?) > 0',
  ]
  const within = 'AND sentence_id BETWEEN ? AND ?'
  return database.column<number>(
    `SELECT sentence_id FROM (${[...own, ...wide].map((sql) => `${sql} ${within}`).join(' UNION ')}) AS found
     CROSS JOIN sentence USING (sentence_id) WHERE corpus_id = ? ORDER BY sentence_id`,
    ...[...own.map(() => from), from, JSON.stringify(from).slice(1, -1)].flatMap((label) => [label, first, last]),
    corpusId,
  )
}

/** Renames the unanchored triples of a type in these sentences and keeps their places; answers with the ids of the sentences that hold any. */
export function renameTriples(
  database: Database,
  batch: number,
  sentenceIds: readonly number[],
  from: string,
  to: string,
): Set<number> {
  const { sql, values } = byIds(sentenceIds)
  database.run(
    `INSERT INTO renamed_triple SELECT ?, sentence_id, position FROM unanchored WHERE sentence_id ${sql} AND type = ?`,
    ...[batch, ...values, from],
  )
  exchangeTriples(database, batch, sentenceIds, to)
  return new Set(
    database.column<number>(
      `SELECT sentence_id FROM renamed_triple WHERE batch = ? AND sentence_id ${sql}`,
      batch,
      ...values,
    ),
  )
}

/** Gives the triples of these sentences that a renaming changed another type. */
export function exchangeTriples(database: Database, batch: number, sentenceIds: readonly number[], type: string): void {
  const { sql, values } = byIds(sentenceIds)
  database.run(
    `UPDATE unanchored SET type = ? WHERE (sentence_id, position) IN
       (SELECT sentence_id, position FROM renamed_triple WHERE batch = ? AND sentence_id ${sql})`,
    ...[type, batch, ...values],
  )
}

export function putLabels(database: Database, corpusId: number, labels: LabelSet): void {
  database.run('UPDATE corpus SET labels = ? WHERE corpus_id = ?', JSON.stringify(labels), corpusId)
}

export function insertLabelChange(database: Database, batch: number, change: LabelChange): void {
  const { corpusId, before, after, from, to } = change
  database.run(
    'INSERT INTO label_change VALUES (?, ?, ?, ?, ?, ?)',
    ...[batch, corpusId, JSON.stringify(before), JSON.stringify(after), from, to],
  )
}

export function deleteLabelChange(database: Database, batch: number): void {
  database.run('DELETE FROM label_change WHERE batch = ?', batch)
}

interface Row {
  readonly corpus_id: number
  readonly labels_before: string
  readonly labels_after: string
  readonly type_before: string
  readonly type_after: string
}

/** The renaming that an act made; null for acts that renamed nothing. */
export function readLabelChange(database: Database, batch: number): LabelChange | null {
  const row = database.get<Row>('SELECT * FROM label_change WHERE batch = ?', batch)
  if (!row) return null
  return {
    corpusId: row.corpus_id,
    before: JSON.parse(row.labels_before) as LabelSet, // both are written by insertLabelChange alone
    after: JSON.parse(row.labels_after) as LabelSet,
    from: row.type_before,
    to: row.type_after,
  }
}
