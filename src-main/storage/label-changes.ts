/** Renaming a label in a whole corpus: finds the sentences that hold it, and keeps what an undo needs beside their operations. */
import type { LabelSet } from '#main/labels/label-set'
import type { LabelKind } from '#main/labels/edit-labels'
import type { Database } from './database.ts'

export interface LabelChange {
  readonly corpusId: number
  readonly before: LabelSet
  readonly after: LabelSet
  readonly from: string
  readonly to: string
  /** Places of the unanchored triples that were renamed. */
  readonly unanchored: readonly UnanchoredPlace[]
}

type UnanchoredPlace = readonly [sentenceId: number, position: number]

/** Ids of the sentences with spans, relations, rejections or unanchored triples of this label, in ascending order. */
export function sentencesWith(database: Database, corpusId: number, kind: LabelKind, label: string): number[] {
  const tables =
    kind === 'entity'
      ? [
          'SELECT sentence_id FROM span WHERE label = ?',
          `SELECT sentence_id FROM rejection WHERE kind = 'span' AND key LIKE '%:' || ?`,
        ]
      : [
          'SELECT sentence_id FROM relation WHERE type = ?',
          'SELECT sentence_id FROM unanchored WHERE type = ?',
          `SELECT sentence_id FROM rejection WHERE kind = 'relation' AND instr(key, '|' || ? || '|') > 0`,
        ]
  return database
    .all<{ sentence_id: number }>(
      `SELECT sentence_id FROM sentence WHERE corpus_id = ? AND sentence_id IN (${tables.join(' UNION ')})
       ORDER BY sentence_id`,
      ...[corpusId, ...tables.map(() => label)],
    )
    .map(({ sentence_id }) => sentence_id)
}

/** Places of the unanchored triples of a relation type. */
export function unanchoredOf(database: Database, corpusId: number, type: string): UnanchoredPlace[] {
  return database
    .all<{ sentence_id: number; position: number }>(
      `SELECT sentence_id, unanchored.position AS position FROM unanchored JOIN sentence USING (sentence_id)
       WHERE corpus_id = ? AND type = ? ORDER BY sentence_id, unanchored.position`,
      corpusId,
      type,
    )
    .map(({ sentence_id, position }) => [sentence_id, position])
}

export function renameUnanchored(database: Database, places: readonly UnanchoredPlace[], type: string): void {
  for (const [sentenceId, position] of places)
    database.run(
      'UPDATE unanchored SET type = ? WHERE sentence_id = ? AND position = ?',
      ...[type, sentenceId, position],
    )
}

export function insertLabelChange(database: Database, batch: number, change: LabelChange): void {
  const { corpusId, before, after, from, to, unanchored } = change
  database.run(
    'INSERT INTO label_change VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[batch, corpusId, JSON.stringify(before), JSON.stringify(after), from, to, JSON.stringify(unanchored)],
  )
}

interface Row {
  readonly corpus_id: number
  readonly labels_before: string
  readonly labels_after: string
  readonly type_before: string
  readonly type_after: string
  readonly unanchored: string
}

/** The renaming that an act made; null for acts that renamed nothing. */
export function readLabelChange(database: Database, batch: number): LabelChange | null {
  const row = database.get<Row>('SELECT * FROM label_change WHERE batch = ?', batch)
  if (!row) return null
  return {
    corpusId: row.corpus_id,
    before: JSON.parse(row.labels_before) as LabelSet, // these three are written by insertLabelChange alone
    after: JSON.parse(row.labels_after) as LabelSet,
    from: row.type_before,
    to: row.type_after,
    unanchored: JSON.parse(row.unanchored) as UnanchoredPlace[],
  }
}
