/** CalibrationRepository: how right the probabilities of runs are, one calibration for each run. */
import type { Signature } from '#main/labels/label-set'
import type { RunCalibration, StoredCalibration } from '#main/evaluation/run-calibration'
import type { Database } from './database.ts'
import { splitIndex } from './words.ts'

export interface CalibrationRepository {
  /** Takes the place of the former one of the run. */
  put(calibration: StoredCalibration): void
  /** Of whatever weights and dev it is; null where there is none. */
  find(runId: string): StoredCalibration | null
  /** The types that relations join in the gold of train, each once. */
  seenSignatures(corpusId: number): Signature[]
}

export function createCalibrationRepository(database: Database): CalibrationRepository {
  return {
    put: ({ runId, checkpointEpoch, version, devSha256, computedMs, ...calibration }) =>
      void database.run(
        `INSERT OR REPLACE INTO run_calibration (run_id, checkpoint_epoch, version, dev_sha256, computed_ms, calibration)
         VALUES (?, ?, ?, ?, ?, ?)`,
        ...[runId, checkpointEpoch, version, devSha256, computedMs, JSON.stringify(calibration)],
      ),
    find(runId) {
      const row = database.get<{
        readonly checkpoint_epoch: number
        readonly version: number
        readonly dev_sha256: string
        readonly computed_ms: number
        readonly calibration: string
      }>('SELECT * FROM run_calibration WHERE run_id = ?', runId)
      if (!row) return null
      return {
        ...(JSON.parse(row.calibration) as RunCalibration), // written by put alone
        ...{ runId, checkpointEpoch: row.checkpoint_epoch, version: row.version },
        ...{ devSha256: row.dev_sha256, computedMs: row.computed_ms },
      }
    },
    seenSignatures: (corpusId) =>
      database.all<Signature>(
        `SELECT DISTINCT relation.type AS relation, s.label AS subject, o.label AS object
         FROM sentence JOIN relation USING (sentence_id)
           JOIN span s ON s.sentence_id = relation.sentence_id AND s.span_id = relation.subject
           JOIN span o ON o.sentence_id = relation.sentence_id AND o.span_id = relation.object
         WHERE sentence.corpus_id = ? AND sentence.split = ? ORDER BY 1, 2, 3`,
        ...[corpusId, splitIndex('train')],
      ),
  }
}
