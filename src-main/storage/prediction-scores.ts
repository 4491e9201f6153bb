/** Scores of predictions, by which queues are ordered: they are computed once and read from an index from then on. */
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import { disagreementOf } from '#main/document/disagreement'
import { goldDifference, leastConfidence } from '#main/document/gold-difference'
import type { Prediction } from '#main/document/prediction'
import { leastCertain, suggestionsOf } from '#main/document/suggestions'
import { readAnnotations, readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { readPredictions, thresholdsOf } from './prediction-rows.ts'
import { byIds } from './sentence-set.ts'

/** Number of predictions that one step scores: some milliseconds of work. */
const chunk = 20

/** Number of predictions that one step looks through for such as are to be scored. */
const looked = 1000

/** A number above 0 that stands for the thresholds of runs. */
export function stampOf(database: Database, ...runIds: readonly string[]): number {
  const text = JSON.stringify(runIds.map((runId) => thresholdsOf(database, runId) ?? null))
  let hash = 0x811c9dc5 // FNV-1a
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 1) + 1
}

/** A number above 0 that stands for the thresholds of a run and for what is computed of a prediction: the version grows with that. */
export function scoreStampOf(database: Database, runId: string): number {
  return stampOf(database, runId) * 16 + scoreVersion
}

const scoreVersion = 2

/** Scores predictions of a run that are stored. */
export function scorePredictions(database: Database, runId: string, sentenceIds: readonly number[]): void {
  const stamp = scoreStampOf(database, runId)
  const annotations = readAnnotations(database, byIds(sentenceIds))
  const unanchored = readUnanchored(database, byIds(sentenceIds))
  for (const [sentenceId, prediction] of readPredictions(database, runId, sentenceIds))
    database.run(
      `UPDATE prediction SET distance = ?, differences = ?, confidence = ?, scored_as = ?
       WHERE run_id = ? AND sentence_id = ?`,
      ...scoresOf(annotations.get(sentenceId) ?? emptyAnnotation, unanchored.get(sentenceId)?.length ?? 0, prediction),
      ...[stamp, runId, sentenceId],
    )
}

/** Distance, differences and confidence. */
function scoresOf(annotation: Annotation, unanchored: number, prediction: Prediction): (number | null)[] {
  return [
    distanceOf(annotation, prediction),
    goldDifference(annotation, unanchored, prediction),
    leastConfidence(prediction),
  ]
}

function distanceOf(annotation: Annotation, prediction: Prediction): number | null {
  if (annotation.review.isReviewed) return null
  const least = leastCertain(suggestionsOf(annotation, prediction))
  return least ? Math.abs(least.probability - 0.5) : null
}

/** Scores what of a run has no score, or one of former thresholds or annotations, some of it at each step. */
export function* scoreRun(database: Database, runId: string): Generator<void, void> {
  const stamp = scoreStampOf(database, runId)
  const stale = database.column<number>(
    `SELECT sentence_id FROM (
       SELECT sentence_id FROM prediction WHERE run_id = ? AND scored_as < ?
       UNION ALL SELECT sentence_id FROM prediction WHERE run_id = ? AND scored_as > ?) LIMIT ?`,
    ...[runId, stamp, runId, stamp, chunk],
  )
  if (stale.length === 0) return
  if (stale.length < chunk) {
    database.hastyTransaction(() => scorePredictions(database, runId, stale))
    yield
    return
  }
  // many are read in the order in which they lie on the disk
  for (let last = 0; ;) {
    const rows = database.rawRows<[sentenceId: number, isStale: number]>(
      `SELECT sentence_id, scored_as <> ? FROM prediction INDEXED BY prediction_gold
       WHERE run_id = ? AND sentence_id > ? ORDER BY sentence_id LIMIT ?`,
      ...[stamp, runId, last, looked],
    )
    if (rows.length === 0) return
    last = rows.at(-1)?.[0] ?? last
    const ids = rows.filter(([, isStale]) => isStale === 1).map(([sentenceId]) => sentenceId)
    for (let at = 0; at < ids.length; at += chunk) {
      database.hastyTransaction(() => scorePredictions(database, runId, ids.slice(at, at + chunk)))
      yield
    }
    yield
  }
}

/** Two runs in the order in which disagreements name them. */
export function pairOf(runId: string, againstRunId: string): readonly [string, string] {
  return runId < againstRunId ? [runId, againstRunId] : [againstRunId, runId]
}

/** Compares what two runs predicted since they were last compared, some of it at each step. */
export function* compareRuns(database: Database, runId: string, againstRunId: string): Generator<void, void> {
  const pair = pairOf(runId, againstRunId)
  const stamp = stampOf(database, ...pair)
  const known = database.get<{ stamp: number; last_rowid: number }>(
    'SELECT stamp, last_rowid FROM compared_runs WHERE run_id = ? AND against_run_id = ?',
    ...pair,
  )
  let last = known?.stamp === stamp ? known.last_rowid : 0
  for (;;) {
    const rows = database.rawRows<[id: number, sentenceId: number, isPair: number]>(
      // in the order of the rowid, and each pair once: with the prediction that came last
      `SELECT rowid, sentence_id, run_id IN (?, ?) AND EXISTS
         (SELECT 1 FROM prediction AS other WHERE other.sentence_id = one.sentence_id AND other.rowid < one.rowid
            AND other.run_id = iif(one.run_id = ?, ?, ?))
       FROM prediction AS one WHERE rowid > ? ORDER BY rowid LIMIT ?`,
      ...[...pair, pair[0], pair[1], pair[0], last, looked],
    )
    const end = rows.at(-1)?.[0]
    if (end === undefined) return
    const done = (upTo: number): void =>
      void database.run('INSERT OR REPLACE INTO compared_runs VALUES (?, ?, ?, ?)', ...pair, stamp, (last = upTo))
    const pairs = rows.filter(([, , isPair]) => isPair === 1)
    for (let at = 0; at < pairs.length; at += chunk) {
      const some = pairs.slice(at, at + chunk)
      database.hastyTransaction(() => {
        compare(
          database,
          pair,
          some.map(([, sentenceId]) => sentenceId),
        )
        done(some.at(-1)?.[0] ?? last)
      })
      yield
    }
    if (last < end) {
      database.hastyTransaction(() => done(end))
      yield
    }
  }
}

function compare(database: Database, pair: readonly [string, string], sentenceIds: readonly number[]): void {
  const others = readPredictions(database, pair[1], sentenceIds)
  for (const [sentenceId, prediction] of readPredictions(database, pair[0], sentenceIds)) {
    const other = others.get(sentenceId)
    if (other)
      database.run(
        'INSERT OR REPLACE INTO disagreement (sentence_id, run_id, against_run_id, items) VALUES (?, ?, ?, ?)',
        ...[sentenceId, ...pair, disagreementOf(prediction, other)],
      )
  }
}
