/** EvaluationRepository: what runs scored, so that every place shows the same figures and no split is predicted twice. */
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { CountsByMode } from '#main/evaluation/sentence-counts'
import type { Spread } from '#main/evaluation/spread'
import type { Thresholds } from '#main/document/prediction'
import type { Database } from './database.ts'
import { packByMode, unpackByMode } from './packed-counts.ts'
import { splitAt, splitIndex } from './words.ts'

export interface EvaluationRow {
  readonly runId: string
  readonly split: Split
  readonly checkpointEpoch: number
  readonly thresholds: Thresholds
  readonly scorer: number
  readonly predictedMs: number | null
  readonly scoredMs: number
  /** Digests of words and gold, eight bytes for each sentence of the split in order. */
  readonly digests: Uint8Array
  readonly evaluation: Evaluation
  readonly spread: Spread | null
}

export interface KeptEvaluation extends EvaluationRow {
  readonly evaluationId: number
  readonly hasCounts: boolean
}

export interface EvaluationRepository {
  add(row: EvaluationRow, counts: CountsByMode): void
  /** Evaluations of one checkpoint, latest first. */
  of(runId: string, split: Split, checkpointEpoch: number): KeptEvaluation[]
  /** All evaluations of a run, the first ones first, without the digests of the gold. */
  ofRun(runId: string): Omit<EvaluationRow, 'digests'>[]
  /** Counts of the sentences of an evaluation; null for one of before counts were kept. */
  counts(evaluationId: number): CountsByMode | null
  /** Puts a spread beside the latest evaluation of a checkpoint. */
  putSpread(runId: string, split: Split, checkpointEpoch: number, spread: Spread): void
}

interface StoredRow {
  readonly evaluation_id: number
  readonly has_counts: number
  readonly thresholds: string
  readonly scorer: number
  readonly predicted_ms: number | null
  readonly scored_ms: number
  readonly digests: Uint8Array
  readonly evaluation: string
  readonly spread: string | null
}

/** All but the counts, which are long. */
const columns =
  'evaluation_id, split, checkpoint_epoch, thresholds, scorer, predicted_ms, scored_ms, digests, evaluation, spread, counts IS NOT NULL AS has_counts'
const ofCheckpoint = 'run_id = ? AND split = ? AND checkpoint_epoch = ?'

export function createEvaluationRepository(database: Database): EvaluationRepository {
  return {
    add: (row, counts) =>
      void database.run(
        `INSERT INTO evaluation (run_id, split, checkpoint_epoch, thresholds, scorer, predicted_ms, scored_ms, digests,
           evaluation, spread, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[row.runId, splitIndex(row.split), row.checkpointEpoch, JSON.stringify(row.thresholds), row.scorer],
        ...[row.predictedMs, row.scoredMs, row.digests, JSON.stringify(row.evaluation)],
        ...[row.spread && JSON.stringify(row.spread), packByMode(counts)],
      ),
    of: (runId, split, checkpointEpoch) =>
      database
        .all<StoredRow>(
          `SELECT ${columns} FROM evaluation WHERE ${ofCheckpoint} ORDER BY evaluation_id DESC`,
          ...[runId, splitIndex(split), checkpointEpoch],
        )
        .map((row) => ({
          ...{ runId, split, checkpointEpoch, digests: row.digests, ...figuresOf(row) },
          ...{ evaluationId: row.evaluation_id, hasCounts: row.has_counts === 1 },
        })),
    ofRun: (runId) =>
      database
        .all<StoredRow & { readonly split: number; readonly checkpoint_epoch: number }>(
          `SELECT ${columns} FROM evaluation WHERE run_id = ? ORDER BY evaluation_id`,
          runId,
        )
        .map((row) => ({
          runId,
          split: splitAt(row.split),
          checkpointEpoch: row.checkpoint_epoch,
          ...figuresOf(row),
        })),
    counts(evaluationId) {
      const row = database.get<{ counts: string | null }>(
        'SELECT counts FROM evaluation WHERE evaluation_id = ?',
        evaluationId,
      )
      return row?.counts ? unpackByMode(row.counts) : null
    },
    putSpread: (runId, split, checkpointEpoch, spread) =>
      void database.run(
        `UPDATE evaluation SET spread = ? WHERE evaluation_id =
           (SELECT max(evaluation_id) FROM evaluation WHERE ${ofCheckpoint})`,
        ...[JSON.stringify(spread), runId, splitIndex(split), checkpointEpoch],
      ),
  }
}

function figuresOf(row: StoredRow): Omit<EvaluationRow, 'runId' | 'split' | 'checkpointEpoch' | 'digests'> {
  return {
    ...{ scorer: row.scorer, predictedMs: row.predicted_ms, scoredMs: row.scored_ms },
    thresholds: JSON.parse(row.thresholds) as Thresholds, // these three are written by add and putSpread alone
    evaluation: JSON.parse(row.evaluation) as Evaluation,
    spread: row.spread === null ? null : (JSON.parse(row.spread) as Spread),
  }
}
