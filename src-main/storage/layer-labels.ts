/**
 * Renaming a label in the layers of a corpus, together with its annotations: what others say of a sentence goes on to be compared with
 * it. The former text of each layer is kept for the undo, since a merge cannot be told from what was there before.
 */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { relabelAnnotation } from '#main/document/edit-relabel'
import { applyChanges } from '#main/document/operation'
import type { LabelKind } from '#main/labels/edit-labels'
import type { Database } from './database.ts'
import { byIds } from './sentence-set.ts'

/** Number of layers that are held at once. */
const atOnce = 500

interface LayerRow {
  readonly sentence_id: number
  readonly position: number
  readonly annotation: string
}

export interface LabelRenaming {
  readonly kind: LabelKind
  readonly from: string
  readonly to: string
}

/** A renaming as the history of a layer tells it. */
export interface LayerRenaming extends LabelRenaming {
  readonly author: string
  readonly atMs: number
  readonly description: string
}

/** Ids of the sentences of which a layer may hold the label, in ascending order: its name stands in what the layer says. */
export function sentencesOfLayersWith(database: Database, corpusId: number, label: string): number[] {
  return database.column<number>(
    `SELECT DISTINCT sentence_id FROM layer_annotation JOIN sentence USING (sentence_id)
     WHERE corpus_id = ? AND layer_count > 0 AND instr(annotation, ?) > 0 ORDER BY sentence_id`,
    ...[corpusId, JSON.stringify(label).slice(1, -1)],
  )
}

/** The layers of these sentences that hold the label, with what each says after the renaming. */
function* renamedLayers(
  database: Database,
  sentenceIds: readonly number[],
  renaming: LayerRenaming,
): Generator<LayerRow & { readonly renamed: SentenceAnnotation; readonly items: number }> {
  for (let at = 0; at < sentenceIds.length; at += atOnce) {
    const { sql, values } = byIds(sentenceIds.slice(at, at + atOnce))
    const rows = database.all<LayerRow>(
      `SELECT sentence_id, position, annotation FROM layer_annotation WHERE sentence_id ${sql}`,
      ...values,
    )
    for (const row of rows) {
      const found = renameIn(JSON.parse(row.annotation) as SentenceAnnotation, renaming) // written from one
      if (found) yield { ...row, ...found }
    }
  }
}

/** null where the layer does not hold the label. */
function renameIn(
  annotation: SentenceAnnotation,
  { kind, from, to, author, atMs, description }: LayerRenaming,
): { readonly renamed: SentenceAnnotation; readonly items: number } | null {
  const changes = relabelAnnotation(annotation, kind, from, to)
  const isNamed = ({ type }: { readonly type: string }): boolean => kind === 'relation' && type === from
  const triples = annotation.unanchored.filter(isNamed).length
  if (changes.length + triples === 0) return null
  const operation = { author, atMs, description, changes, undoes: null }
  return {
    items: changes.filter((change) => change.kind === 'span' || change.kind === 'relation').length + triples,
    renamed: {
      ...annotation,
      ...applyChanges(annotation, changes),
      unanchored: annotation.unanchored.map((triple) => (isNamed(triple) ? { ...triple, type: to } : triple)),
      ...(annotation.history.length > 0 && { history: [...annotation.history, operation] }),
    },
  }
}

/** Number of spans, relations and triples that the layers of a sentence hold of the label. */
export function countInLayers(
  database: Database,
  sentenceIds: readonly number[],
  renaming: LabelRenaming,
): Map<number, number> {
  const counts = new Map<number, number>()
  const act = { ...renaming, author: '', atMs: 0, description: '' }
  for (const { sentence_id, items } of renamedLayers(database, sentenceIds, act))
    counts.set(sentence_id, (counts.get(sentence_id) ?? 0) + items)
  return counts
}

/** Renames the label in the layers of these sentences; answers with the ids of those whose layers held it. */
export function renameInLayers(
  database: Database,
  batch: number,
  sentenceIds: readonly number[],
  renaming: LayerRenaming,
): Set<number> {
  const renamedIn = new Set<number>()
  for (const { sentence_id, position, annotation, renamed } of renamedLayers(database, sentenceIds, renaming)) {
    renamedIn.add(sentence_id)
    database.run('INSERT INTO layer_change VALUES (?, ?, ?, ?)', batch, sentence_id, position, annotation)
    write(database, { sentence_id, position, annotation: JSON.stringify(renamed) })
  }
  return renamedIn
}

/** Puts the layers of these sentences back to before a renaming, or, when that is done again, to after it. */
export function exchangeLayers(database: Database, batch: number, sentenceIds: readonly number[]): void {
  const { sql, values } = byIds(sentenceIds)
  const rows = database.all<LayerRow & { readonly other: string }>(
    `SELECT sentence_id, position, annotation, other FROM layer_change JOIN layer_annotation USING (sentence_id, position)
     WHERE batch = ? AND sentence_id ${sql}`,
    ...[batch, ...values],
  )
  for (const { sentence_id, position, annotation, other } of rows) {
    write(database, { sentence_id, position, annotation: other })
    database.run(
      'UPDATE layer_change SET other = ? WHERE batch = ? AND sentence_id = ? AND position = ?',
      ...[annotation, batch, sentence_id, position],
    )
  }
}

function write(database: Database, { sentence_id, position, annotation }: LayerRow): void {
  database.run(
    'UPDATE layer_annotation SET annotation = ? WHERE sentence_id = ? AND position = ?',
    ...[annotation, sentence_id, position],
  )
}
