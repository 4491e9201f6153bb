/**
 * Predictions of runs belong to the words that they were made of: when these change they are set aside, so that the run predicts the
 * sentence again, and they come back with the words.
 */
import type { Database } from '../database.ts'

interface Act {
  /** The first-hand act. */
  readonly operationId: number
  /** True where the words of before it come back. */
  readonly isUndo: boolean
}

/** Sets predictions aside, before their sentences change or go. */
export function leavePredictions(
  database: Database,
  { operationId, isUndo }: Act,
  sentenceIds: readonly number[],
): void {
  for (const sentenceId of sentenceIds) {
    database.run(
      `INSERT OR REPLACE INTO set_aside (operation_id, kind, name, is_after, sentence_id, value)
       SELECT ?, 'prediction', run_id, ?, sentence_id, json_array(checkpoint_epoch, json(prediction)) FROM prediction
       WHERE sentence_id = ?`,
      ...[operationId, Number(isUndo), sentenceId],
    )
    database.run('DELETE FROM prediction WHERE sentence_id = ?', sentenceId)
  }
}

/** Brings back the predictions of the words that come back, once their sentences are in their places. */
export function bringPredictions(database: Database, { operationId, isUndo }: Act): void {
  const place = [operationId, Number(!isUndo)]
  // a run that learnt on since has other predictions
  database.run(
    `INSERT OR REPLACE INTO prediction (run_id, sentence_id, checkpoint_epoch, prediction)
     SELECT name, sentence_id, value ->> 0, value -> 1 FROM set_aside AS own
     WHERE operation_id = ? AND is_after = ? AND kind = 'prediction'
       AND EXISTS (SELECT 1 FROM run WHERE run_id = own.name) AND NOT EXISTS
         (SELECT 1 FROM prediction AS other WHERE other.run_id = own.name AND other.checkpoint_epoch <> own.value ->> 0)`,
    ...place,
  )
  database.run(`DELETE FROM set_aside WHERE operation_id = ? AND is_after = ? AND kind = 'prediction'`, ...place)
}
