/** PredictionRepository: the predictions of runs' best checkpoints, so that no sentence is predicted twice. */
import type { Prediction } from '#main/document/prediction'
import type { SentenceFilter } from '#main/document/sentence-row'
import type { Database } from './database.ts'
import { readPredictions } from './prediction-rows.ts'
import { compareRuns, scorePredictions, scoreRun } from './prediction-scores.ts'
import { readDisagreements, readOrderedIds, readScores, type RunOrder } from './run-orders.ts'
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
  /** Brings the scores of an order up to date, some of them at each step; those of stored predictions mostly are. */
  scoreSteps(by: RunOrder): Generator<void, void>
  /** A page of the sentences that pass the filter, in an order whose scores are up to date; those without a score come last. */
  orderedIds(corpusId: number, filter: SentenceFilter, by: RunOrder, offset: number, limit: number): number[]
  /** All scores of an order by sentence id; the first of the order has the highest. */
  scores(by: RunOrder): Map<number, number>
  /** Number of items that exactly one of two runs finds, by sentence id. */
  disagreements(runId: string, againstRunId: string, sentenceIds: readonly number[]): Map<number, number>
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
        scorePredictions(
          database,
          runId,
          entries.map(({ sentenceId }) => sentenceId),
        )
      }),
    of: (runId, sentenceIds) => readPredictions(database, runId, sentenceIds),
    has: (runId, sentenceId) =>
      database.get('SELECT 1 FROM prediction WHERE run_id = ? AND sentence_id = ?', runId, sentenceId) !== undefined,
    count(runId, sentenceIds) {
      const set = byIds(sentenceIds)
      const row = database.get<{ total: number }>(
        `SELECT count(*) AS total FROM prediction WHERE run_id = ? AND sentence_id ${set.sql}`,
        ...[runId, ...set.values],
      )
      return row?.total ?? 0
    },
    scoreSteps: (by) =>
      by.order === 'uncertain' ? scoreRun(database, by.runId) : compareRuns(database, by.runId, by.againstRunId),
    orderedIds: (...request) => readOrderedIds(database, ...request),
    scores: (by) => readScores(database, by),
    disagreements: (...request) => readDisagreements(database, ...request),
    clear(runId) {
      database.run('DELETE FROM prediction WHERE run_id = ?', runId)
      database.run(`DELETE FROM set_aside WHERE kind = 'prediction' AND name = ?`, runId)
    },
  }
}
