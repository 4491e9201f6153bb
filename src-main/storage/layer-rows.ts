/** Layers of sentences as rows: written with a doc, read with its sentences. */
import type { DocLayer, SentenceAnnotation } from '#main/document/annotated-doc'
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
    'UPDATE sentence SET layer_count = ?, layer_differences = ? WHERE sentence_id = ?',
    ...[own.length, countDifferences(annotation, own), sentenceId],
  )
}

/** Counts anew where the layers of a sentence differ from its annotation. */
export function recountLayers(database: Database, sentenceId: number, annotation: AnnotatedItems): void {
  const layers = readLayers(database, byIds([sentenceId])).get(sentenceId) ?? []
  database.run(
    'UPDATE sentence SET layer_differences = ? WHERE sentence_id = ?',
    ...[countDifferences(annotation, layers), sentenceId],
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
}

interface Row {
  readonly sentence_id: number
  readonly kind: LayerKind
  readonly name: string
  readonly annotation: string
}

/** The layers of every sentence of the set, in their order, by sentence id. */
export function readLayers(database: Database, set: SentenceSet): Map<number, LayerOfSentence[]> {
  const rows = database.all<Row>(
    `SELECT sentence_id, kind, name, annotation FROM layer_annotation JOIN layer USING (layer_id)
     WHERE sentence_id ${set.sql} ORDER BY sentence_id, position`,
    ...set.values,
  )
  const bySentence = new Map<number, LayerOfSentence[]>()
  for (const { sentence_id, kind, name, annotation } of rows) {
    const own = bySentence.get(sentence_id) ?? []
    bySentence.set(sentence_id, own)
    own.push({ kind, name, annotation: JSON.parse(annotation) as SentenceAnnotation }) // written from one
  }
  return bySentence
}

/** The layers of a doc, from those of its sentences: a layer need not have annotated all of them. */
export function docLayers(ofSentences: readonly (readonly LayerOfSentence[])[]): DocLayer[] {
  const keyOf = ({ kind, name }: Layer): string => `${kind} ${name}`
  const known = new Map(ofSentences.flat().map((layer) => [keyOf(layer), layer]))
  return [...known].map(([key, { kind, name }]) => ({
    ...{ kind, name },
    annotations: ofSentences.map((layers) => layers.find((own) => keyOf(own) === key)?.annotation ?? null),
  }))
}
