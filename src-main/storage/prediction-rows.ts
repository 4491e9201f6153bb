/** Reads stored predictions, with the run's tuned thresholds. */
import type { Prediction } from '#main/document/prediction'
import type { TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { Database } from './database.ts'
import { byIds } from './sentence-set.ts'

/** Thresholds of single relation types, where they were tuned. */
export function thresholdsOf(database: Database, runId: string): TunedThresholds['byRelation'] | undefined {
  const tuned = database.get<{ thresholds: string | null }>('SELECT thresholds FROM run WHERE run_id = ?', runId)
  return (JSON.parse(tuned?.thresholds ?? '{}') as Partial<TunedThresholds>).byRelation // as of a Run
}

/** Predictions by sentence id; sentences that were not predicted are absent. */
export function readPredictions(
  database: Database,
  runId: string,
  sentenceIds: readonly number[],
): Map<number, Prediction> {
  const set = byIds(sentenceIds)
  const rows = database.all<{ sentence_id: number; prediction: string }>(
    `SELECT sentence_id, prediction FROM prediction WHERE run_id = ? AND sentence_id ${set.sql}`,
    ...[runId, ...set.values],
  )
  const thresholds = thresholdsOf(database, runId)
  return new Map(
    rows.map(({ sentence_id, prediction }) => {
      const stored = JSON.parse(prediction) as Prediction // written by PredictionRepository.store alone
      return [sentence_id, thresholds ? { ...stored, thresholds } : stored]
    }),
  )
}
