/** Counts of a corpus that are kept: of sentences by what lists filter by, and of entity and relation types. */
import type { Count } from '#main/core/count'
import type { Split } from '#main/document/doc'
import type { RunFilter } from '#main/document/sentence-row'
import type { LabelKind } from '#main/labels/edit-labels'
import type { Database } from './database.ts'
import { conditionOf, saysMore, type QueueFilter } from './sentence-filter.ts'
import { splitIndex } from './words.ts'

/**
 * Number of sentences that pass the filter; null where only the sentences themselves tell, as they do for searches and for a type
 * together with another condition.
 */
export function countSentences(database: Database, corpusId: number, filter: QueueFilter): number | null {
  const given = new Set(Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [name])))
  const splits = filter.splits?.map(splitIndex) ?? [0, 1, 2]
  for (const [name, kind] of [
    ['entityType', 'entity'],
    ['relationType', 'relation'],
  ] as const)
    if (given.has(name) && given.size === (given.has('splits') ? 2 : 1))
      return sum(
        database,
        `SELECT sum(sentences) AS total FROM label_count WHERE corpus_id = ? AND kind = ? AND label = ?
           AND split IN (${splits.join(', ')})`,
        ...[corpusId, kind, filter[name] ?? ''],
      )
  if (filter.run && given.size === 1) {
    const counted = countPredicted(database, corpusId, filter.run)
    if (counted !== null) return counted
  }
  if (filter.run && !saysMore(filter.run)) given.delete('run')
  for (const name of ['splits', 'status', 'also', 'overlapClass']) given.delete(name)
  if (given.size > 0) return null
  const { run: _, ...counted } = filter
  const { sql, values } = conditionOf(corpusId, counted) // the counts have the columns of sentences
  return sum(database, `SELECT sum(sentences) AS total FROM sentence_count WHERE ${sql}`, ...values)
}

/** Number of sentences that a filter by a run alone finds; null where only the predictions tell. */
function countPredicted(database: Database, corpusId: number, filter: RunFilter): number | null {
  const { gold, leastConfidence, mostConfidence, runId } = filter
  if (leastConfidence !== undefined || mostConfidence !== undefined) return null
  const row = database.get<{ predictions: number; differing: number }>(
    'SELECT predictions, differing FROM prediction_count WHERE run_id = ? AND corpus_id = ?',
    ...[runId, corpusId],
  )
  const { predictions, differing } = row ?? { predictions: 0, differing: 0 }
  if (gold === 'differs') return differing
  if (gold === 'agrees') return predictions - differing
  return gold === 'unpredicted' ? countUnpredicted(database, corpusId, runId) : null
}

/** Number of sentences of the corpus of which the run has no prediction. */
export function countUnpredicted(database: Database, corpusId: number, runId: string): number {
  const predictions = sum(
    database,
    'SELECT sum(predictions) AS total FROM prediction_count WHERE run_id = ? AND corpus_id = ?',
    ...[runId, corpusId],
  )
  return sum(database, 'SELECT sum(sentences) AS total FROM sentence_count WHERE corpus_id = ?', corpusId) - predictions
}

function sum(database: Database, sql: string, ...values: Parameters<Database['get']>[1][]): number {
  return database.get<{ total: number | null }>(sql, ...values)?.total ?? 0
}

/** Counts the occurrences of each type, most frequent first. */
export function countLabels(database: Database, corpusId: number, kind: LabelKind): Count[] {
  return database.all<Count>(
    `SELECT label, sum(count) AS count FROM label_count WHERE corpus_id = ? AND kind = ?
     GROUP BY label HAVING sum(count) > 0 ORDER BY 2 DESC, label`,
    ...[corpusId, kind],
  )
}

/** Names of the entity or relation types that a split holds, in the order of the alphabet. */
export function readTypes(database: Database, corpusId: number, split: Split, kind: LabelKind): string[] {
  return database.column<string>(
    `SELECT label FROM label_count WHERE corpus_id = ? AND kind = ? AND split = ? AND count > 0 ORDER BY label`,
    ...[corpusId, kind, splitIndex(split)],
  )
}

/** A number that is another one after every change of the corpus's sentences and annotations. */
export function changesOf(database: Database, corpusId: number): number {
  return sum(database, 'SELECT sum(changes) AS total FROM sentence_count WHERE corpus_id = ?', corpusId)
}

/** Counts the types in sentences of an import, which nothing has counted yet. */
export function addLabelCounts(database: Database, sentenceIds: readonly number[]): void {
  const relations = 'SELECT sentence_id, type AS label FROM relation UNION ALL SELECT sentence_id, type FROM unanchored'
  for (const [kind, items] of Object.entries({ entity: 'SELECT sentence_id, label FROM span', relation: relations }))
    database.run(
      `INSERT INTO label_count (corpus_id, split, kind, label, count, sentences)
       SELECT corpus_id, split, ?, label, count(*), count(DISTINCT sentence_id)
       FROM (${items}) JOIN sentence USING (sentence_id) WHERE sentence_id IN (SELECT value FROM json_each(?))
       GROUP BY corpus_id, split, label
       ON CONFLICT DO UPDATE SET count = count + excluded.count, sentences = sentences + excluded.sentences`,
      ...[kind, JSON.stringify(sentenceIds)],
    )
}
