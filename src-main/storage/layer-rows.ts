/** Layers of sentences as rows: written with a doc, read with its sentences. */
import type { DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
import { countDisputes } from '#main/document/disputes'
import type { Layer, LayerKind, SentenceLayer } from '#main/document/layer'
import { compareLayer, type AnnotatedItems } from '#main/document/layer-differences'
import type { Database } from './database.ts'
import { byIds, type SentenceSet } from './sentence-set.ts'

/** Writes what the layers of a doc say of one of its sentences, beside its annotation. */
export function insertLayers(
  database: Database,
  sentenceId: number,
  layers: readonly DocLayer[],
  sentence: number,
  annotation: AnnotatedItems,
): void {
  const own = layers.flatMap(({ kind, name, annotations }, position) => {
    const annotation = annotations[sentence]
    return annotation ? [{ kind, name, annotation, position }] : []
  })
  if (own.length === 0) return
  for (const { position, annotation, ...layer } of own)
    database.run(
      'INSERT INTO layer_annotation (sentence_id, position, layer_id, annotation) VALUES (?, ?, ?, ?)',
      ...[sentenceId, position, layerIdOf(database, layer), JSON.stringify(annotation)],
    )
  database.run(
    'UPDATE sentence SET layer_count = ?, layer_differences = ?, layer_disputes = ? WHERE sentence_id = ?',
    ...[own.length, countDifferences(annotation, own), countDisputes(annotation, own), sentenceId],
  )
}

/** Writes what a layer says of a sentence in place of what it said, or as the last of its layers. */
export function putLayer(
  database: Database,
  sentenceId: number,
  layer: Layer,
  said: SentenceAnnotation,
  annotation: AnnotatedItems,
): void {
  const layerId = layerIdOf(database, layer)
  const places = database.all<{ position: number; layer_id: number }>(
    'SELECT position, layer_id FROM layer_annotation WHERE sentence_id = ? ORDER BY position',
    sentenceId,
  )
  const known = places.find(({ layer_id }) => layer_id === layerId)
  const position = known?.position ?? (places.at(-1)?.position ?? -1) + 1
  forgetChanges(database, sentenceId, position)
  database.run(
    'INSERT OR REPLACE INTO layer_annotation (sentence_id, position, layer_id, annotation) VALUES (?, ?, ?, ?)',
    ...[sentenceId, position, layerId, JSON.stringify(said)],
  )
  countLayers(database, sentenceId, annotation)
}

/** Takes a layer from a sentence. */
export function dropLayer(database: Database, sentenceId: number, layer: Layer, annotation: AnnotatedItems): void {
  const place = database.get<{ position: number }>(
    'SELECT position FROM layer_annotation WHERE sentence_id = ? AND layer_id = ?',
    ...[sentenceId, layerIdOf(database, layer)],
  )
  if (!place) return
  forgetChanges(database, sentenceId, place.position)
  database.run('DELETE FROM layer_annotation WHERE sentence_id = ? AND position = ?', sentenceId, place.position)
  countLayers(database, sentenceId, annotation)
}

/** Forgets how the layer was before labels were renamed: the undo of that would bring back what was replaced since. */
function forgetChanges(database: Database, sentenceId: number, position: number): void {
  database.run('DELETE FROM layer_change WHERE sentence_id = ? AND position = ?', sentenceId, position)
}

function countLayers(database: Database, sentenceId: number, annotation: AnnotatedItems): void {
  database.run(
    `UPDATE sentence SET layer_count = (SELECT count(*) FROM layer_annotation WHERE sentence_id = ?) WHERE sentence_id = ?`,
    ...[sentenceId, sentenceId],
  )
  recountLayers(database, sentenceId, annotation)
}

/** Counts anew where the layers of a sentence differ from its annotation, and from each other. */
export function recountLayers(database: Database, sentenceId: number, annotation: AnnotatedItems): void {
  const layers = readLayers(database, byIds([sentenceId])).get(sentenceId) ?? []
  database.run(
    'UPDATE sentence SET layer_differences = ?, layer_disputes = ? WHERE sentence_id = ?',
    ...[countDifferences(annotation, layers), countDisputes(annotation, layers), sentenceId],
  )
}

function countDifferences(here: AnnotatedItems, layers: readonly SentenceLayer[]): number {
  return layers.reduce((sum, { annotation }) => sum + compareLayer(here, annotation).differences.length, 0)
}

export function layerIdOf(database: Database, { kind, name }: Layer): number {
  const find = () =>
    database.get<{ layer_id: number }>('SELECT layer_id FROM layer WHERE kind = ? AND name = ?', kind, name)?.layer_id
  return find() ?? database.run('INSERT INTO layer (kind, name) VALUES (?, ?)', kind, name).lastId
}

/** LayerOfSentence: one layer of one sentence, with the keys that only exports need. */
export interface LayerOfSentence extends SentenceLayer {
  readonly annotation: SentenceAnnotation
  /** Its place among the layers of the file, or behind those that were there; places need not follow each other. */
  readonly position: number
}

interface Row {
  readonly sentence_id: number
  readonly position: number
  readonly kind: LayerKind
  readonly name: string
  readonly annotation: string
}

/** The layers of every sentence of the set, in their order, by sentence id. */
export function readLayers(database: Database, set: SentenceSet): Map<number, LayerOfSentence[]> {
  const rows = database.all<Row>(
    `SELECT sentence_id, position, kind, name, annotation FROM layer_annotation JOIN layer USING (layer_id)
     WHERE sentence_id ${set.sql} ORDER BY sentence_id, position`,
    ...set.values,
  )
  const bySentence = new Map<number, LayerOfSentence[]>()
  for (const { sentence_id, annotation, ...layer } of rows) {
    const own = bySentence.get(sentence_id) ?? []
    bySentence.set(sentence_id, own)
    own.push({ ...layer, annotation: JSON.parse(annotation) as SentenceAnnotation }) // written from one
  }
  return bySentence
}

/**
 * The layers of a doc in the order of their places, from those of its sentences. A layer need not have annotated all of them, and one that a
 * file has twice is two.
 */
export function docLayers(ofSentences: readonly (readonly LayerOfSentence[])[]): DocLayer[] {
  const found = new Map<string, LayerOfSentence & { readonly annotations: (SentenceAnnotation | null)[] }>()
  for (const [sentence, layers] of ofSentences.entries()) {
    const times = new Map<string, number>()
    for (const layer of layers) {
      const name = `${layer.kind} ${layer.name}`
      const time = times.get(name) ?? 0
      times.set(name, time + 1)
      const key = `${time} ${name}`
      const { annotations, position } = found.get(key) ?? { annotations: ofSentences.map(() => null), ...layer }
      annotations[sentence] = layer.annotation
      found.set(key, { ...layer, annotations, position: Math.min(position, layer.position) })
    }
  }
  return [...found.values()]
    .toSorted((a, b) => a.position - b.position)
    .map(({ kind, name, annotations }) => ({ kind, name, annotations }))
}
