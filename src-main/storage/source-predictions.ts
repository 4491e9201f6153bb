/** What a source suggests, in the types of the corpus. */
import { layerPrediction } from '#main/document/layer-prediction'
import type { Prediction } from '#main/document/prediction'
import type { SuggestionSource } from '#main/document/suggestion-source'
import { mapPrediction, type TypeMapping } from '#main/document/type-mapping'
import type { Database } from './database.ts'
import { createLayerRepository } from './layer-repository.ts'
import { readPredictions } from './prediction-rows.ts'

/** The kept mapping of the types of a run of another corpus; null where there is none. */
export function readMapping(database: Database, corpusId: number, runId: string): TypeMapping | null {
  const row = database.get<{ mapping: string }>(
    'SELECT mapping FROM type_mapping WHERE corpus_id = ? AND run_id = ?',
    ...[corpusId, runId],
  )
  return row ? (JSON.parse(row.mapping) as TypeMapping) : null // written by SuggestionRepository.putMapping alone
}

/** Predictions by sentence id; sentences of which the source says nothing yet are absent. */
export function readSourcePredictions(
  database: Database,
  corpusId: number,
  source: SuggestionSource,
  sentenceIds: readonly number[],
): Map<number, Prediction> {
  if (source.kind === 'layer') {
    const said = createLayerRepository(database).of(source.layer, sentenceIds)
    return new Map(Array.from(said, ([id, annotation]) => [id, layerPrediction(annotation)] as const))
  }
  const mapping = readMapping(database, corpusId, source.runId)
  const predictions = readPredictions(database, source.runId, sentenceIds)
  if (!mapping) return predictions
  return new Map(Array.from(predictions, ([id, prediction]) => [id, mapPrediction(prediction, mapping)] as const))
}
