/** Layers that come back in packages: written over what an earlier return of the person said, or beside the layers that are there. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import type { Layer } from '#main/document/layer'
import { emptyAnnotation } from '#main/document/annotation'
import { readAnnotations } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { layerIdOf, recountLayers } from './layer-rows.ts'
import { byIds } from './sentence-set.ts'

export interface ReturnedSentence {
  readonly sentenceId: number
  readonly annotation: SentenceAnnotation
}

/** The sentence must have no layer of this name that a file gave. */
export function mergeLayer(
  database: Database,
  layer: Layer,
  packageId: string,
  { sentenceId, annotation }: ReturnedSentence,
): void {
  const layerId = layerIdOf(database, layer)
  const text = JSON.stringify(annotation)
  const { changes } = database.run(
    'UPDATE layer_annotation SET annotation = ?, package_id = ? WHERE sentence_id = ? AND layer_id = ?',
    ...[text, packageId, sentenceId, layerId],
  )
  if (changes === 0) {
    database.run(
      `INSERT INTO layer_annotation (sentence_id, position, layer_id, annotation, package_id)
       VALUES (?, (SELECT coalesce(max(position), -1) + 1 FROM layer_annotation WHERE sentence_id = ?), ?, ?, ?)`,
      ...[sentenceId, sentenceId, layerId, text, packageId],
    )
    database.run('UPDATE sentence SET layer_count = layer_count + 1 WHERE sentence_id = ?', sentenceId)
  }
  recountLayers(database, sentenceId, readAnnotations(database, byIds([sentenceId])).get(sentenceId) ?? emptyAnnotation)
}
