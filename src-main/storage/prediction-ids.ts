/** Ids of the sentences of which a run predicted something, read from an index a part at a time. */
import type { RunFilter } from '#main/document/sentence-row'
import type { Database } from './database.ts'
import { predictionCondition } from './sentence-filter.ts'

/** Number of ids of sentences that one step looks at. */
const idsAtOnce = 20_000

/** Ids of the sentences of all corpora whose predictions pass the filter, in their order; some at each step. */
export function* readPredictedIds(database: Database, filter: RunFilter): Generator<void, number[]> {
  const idOf = (end: 'min' | 'max'): number | null =>
    database.get<{ id: number | null }>(
      `SELECT ${end}(sentence_id) AS id FROM prediction INDEXED BY prediction_gold WHERE run_id = ?`,
      filter.runId,
    )?.id ?? null
  const [first, last] = [idOf('min'), idOf('max')]
  if (first === null || last === null) return []
  const { sql, values } = predictionCondition(filter)
  const found: number[][] = []
  for (let from = first; from <= last; from += idsAtOnce) {
    found.push(
      database.column<number>(
        `SELECT sentence_id FROM prediction INDEXED BY prediction_gold
         WHERE ${sql} AND sentence_id BETWEEN ? AND ? ORDER BY sentence_id`,
        ...[...values, from, from + idsAtOnce - 1],
      ),
    )
    yield
  }
  return found.flat()
}

/** A number that is another one after every change of a run's predictions in a corpus; 0 without a run. */
export function predictionChangesOf(database: Database, corpusId: number, runId: string | undefined): number {
  if (runId === undefined) return 0
  return (
    database.get<{ changes: number }>(
      'SELECT changes FROM prediction_count WHERE run_id = ? AND corpus_id = ?',
      ...[runId, corpusId],
    )?.changes ?? 0
  )
}
