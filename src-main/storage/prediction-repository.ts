/** PredictionRepository: the predictions of runs' best checkpoints, so that no sentence is predicted twice. */
import type { Prediction } from '#main/document/prediction'
import type { TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { Database } from './database.ts'
import { byIds } from './sentence-set.ts'

export interface PredictionRepository {
  /** Stores predictions of one checkpoint and drops those of the run's other checkpoints. */
  store(
    runId: string,
    checkpointEpoch: number,
    entries: readonly { readonly sentenceId: number; readonly prediction: Prediction }[],
  ): void
  /** Predictions by sentence id, with the run's tuned thresholds; sentences that were not predicted are absent. */
  of(runId: string, sentenceIds: readonly number[]): Map<number, Prediction>
  has(runId: string, sentenceId: number): boolean
  /** Number of these sentences that the run has predicted. */
  count(runId: string, sentenceIds: readonly number[]): number
  clear(runId: string): void
}

export function createPredictionRepository(database: Database): PredictionRepository {
  return {
    store: (runId, checkpointEpoch, entries) =>
      database.transaction(() => {
        database.run('DELETE FROM prediction WHERE run_id = ? AND checkpoint_epoch <> ?', runId, checkpointEpoch)
        for (const { sentenceId, prediction } of entries)
          database.run(
            'INSERT OR REPLACE INTO prediction (run_id, sentence_id, checkpoint_epoch, prediction) VALUES (?, ?, ?, ?)',
            ...[runId, sentenceId, checkpointEpoch, JSON.stringify(prediction)],
          )
      }),
    of(runId, sentenceIds) {
      const set = byIds(sentenceIds)
      const rows = database.all<{ sentence_id: number; prediction: string }>(
        `SELECT sentence_id, prediction FROM prediction WHERE run_id = ? AND sentence_id IN (${set.sql})`,
        ...[runId, ...set.values],
      )
      const tuned = database.get<{ thresholds: string | null }>('SELECT thresholds FROM run WHERE run_id = ?', runId)
      const { byRelation: thresholds } = JSON.parse(tuned?.thresholds ?? '{}') as Partial<TunedThresholds> // as of a Run
      return new Map(
        rows.map(({ sentence_id, prediction }) => {
          const stored = JSON.parse(prediction) as Prediction // written by store alone
          return [sentence_id, thresholds ? { ...stored, thresholds } : stored]
        }),
      )
    },
    has: (runId, sentenceId) =>
      database.get('SELECT 1 FROM prediction WHERE run_id = ? AND sentence_id = ?', runId, sentenceId) !== undefined,
    count(runId, sentenceIds) {
      const set = byIds(sentenceIds)
      const row = database.get<{ total: number }>(
        `SELECT count(*) AS total FROM prediction WHERE run_id = ? AND sentence_id IN (${set.sql})`,
        ...[runId, ...set.values],
      )
      return row?.total ?? 0
    },
    clear: (runId) => void database.run('DELETE FROM prediction WHERE run_id = ?', runId),
  }
}
