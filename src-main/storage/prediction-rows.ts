/** Reads stored predictions, with the run's tuned thresholds. */
import { withSymmetric, withThresholds, type Prediction, type Thresholds } from '#main/document/prediction'
import { symmetricTypes } from '#main/labels/label-set'
import type { Run } from '#main/runs/run'
import type { Database } from './database.ts'
import { readLabelsOf } from './labels-of.ts'
import { readThresholds } from './stored-thresholds.ts'
import { byIds } from './sentence-set.ts'

/** Tuned thresholds of a run; null where that of its config holds for all relation types. */
export function thresholdsOf(database: Database, runId: string): Thresholds | null {
  const row = database.get<{ thresholds: string | null; config: string }>(
    'SELECT thresholds, config FROM run WHERE run_id = ?',
    runId,
  )
  const tuned = row && readThresholds(row.thresholds, JSON.parse(row.config) as Run['config']) // written by RunRepository
  return tuned ? { usual: tuned.usual, byRelation: tuned.byRelation } : null
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
  const symmetric = symmetricOf(database, sentenceIds)
  return new Map(
    rows.map(({ sentence_id, prediction }) => {
      const stored = JSON.parse(prediction) as Prediction // written by PredictionRepository.store alone
      return [sentence_id, withSymmetric(thresholds ? withThresholds(stored, thresholds) : stored, symmetric)]
    }),
  )
}

/** Types without a direction in the corpus of these sentences, which is one. */
function symmetricOf(database: Database, [sentenceId]: readonly number[]): string[] {
  if (sentenceId === undefined) return []
  const row = database.get<{ corpus_id: number }>('SELECT corpus_id FROM sentence WHERE sentence_id = ?', sentenceId)
  return row ? symmetricTypes(readLabelsOf(database, row.corpus_id)) : []
}
