/** Turns a SentenceFilter into the condition of a query. */
import type { LayerState, OverlapClass, RepeatPlace, RunFilter, SentenceFilter } from '#main/document/sentence-row'
import type { Condition } from './condition.ts'
import type { SqlValue } from './database.ts'
import { searchCondition } from './search-hits.ts'
import { overlapBits } from './sentence-facts.ts'
import { splitIndex } from './words.ts'

const statusConditions: Readonly<Record<NonNullable<SentenceFilter['status']>, string>> = {
  new: 'is_reviewed = 0',
  reviewed: 'is_reviewed = 1',
  flagged: '(is_flagged = 1 OR flagged_items > 0)',
}

/** A filter with what a queue adds to it: a second status, and the sentences that it is confined to. */
export interface QueueFilter extends SentenceFilter {
  readonly also?: SentenceFilter['status']
  /** Ids of the only sentences that pass. */
  readonly only?: readonly number[]
  /** Ids of sentences that do not pass. */
  readonly without?: readonly number[]
}

export function conditionOf(corpusId: number, filter: QueueFilter): Condition {
  const parts: Condition[] = [{ sql: 'corpus_id = ?', values: [corpusId] }]
  const add = (sql: string, ...values: SqlValue[]) => void parts.push({ sql, values })
  const { splits, status, relationType, entityType, overlapClass, search } = filter
  if (splits) add(`split IN (${splits.map(splitIndex).join(', ')})`)
  for (const one of new Set([status, filter.also])) if (one) add(statusConditions[one])
  if (entityType !== undefined)
    add('EXISTS (SELECT 1 FROM span WHERE label = ? AND span.sentence_id = sentence.sentence_id)', entityType)
  if (relationType !== undefined)
    add(
      `(EXISTS (SELECT 1 FROM relation WHERE type = ? AND relation.sentence_id = sentence.sentence_id)
        OR EXISTS (SELECT 1 FROM unanchored WHERE type = ? AND unanchored.sentence_id = sentence.sentence_id))`,
      ...[relationType, relationType],
    )
  if (overlapClass === 'none') add('overlap = 0')
  else if (overlapClass) add('overlap & ? > 0', overlapBits[overlapClass])
  if (filter.anchors === 'ambiguous') add('ambiguous_anchors > 0')
  if (filter.anchors === 'unanchored')
    add('EXISTS (SELECT 1 FROM unanchored AS lost WHERE lost.sentence_id = sentence.sentence_id)')
  if (filter.layers) add(layerConditions[filter.layers])
  if (filter.repeated) add(repeatConditions[filter.repeated])
  if (filter.run && saysMore(filter.run)) {
    const { sql, values } = runCondition(filter.run)
    add(sql, ...values)
  }
  if (filter.only) add('sentence_id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.only))
  if (filter.without) add('sentence_id NOT IN (SELECT value FROM json_each(?))', JSON.stringify(filter.without))
  if (search !== undefined && search.trim() !== '') {
    const { sql, values } = searchCondition(search)
    add(sql, ...values)
  }
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) }
}

const layerConditions: Readonly<Record<LayerState, string>> = {
  some: 'layer_count > 0',
  // with the first condition, so that the index of sentences with layers serves
  differing: '(layer_count > 0 AND layer_differences > 0)',
  disputed: 'layer_disputes > 0',
}

/** A filter says more when it does not only name the run. */
export function saysMore({ gold, leastConfidence, mostConfidence }: RunFilter): boolean {
  return gold !== undefined || leastConfidence !== undefined || mostConfidence !== undefined
}

/** The condition on sentences; on scores that `scoreRun` has brought up to date. */
function runCondition(filter: RunFilter): Condition {
  const { sql, values } = predictionCondition(filter)
  const isPredicted = `EXISTS (SELECT 1 FROM prediction INDEXED BY prediction_gold
    WHERE ${sql} AND prediction.sentence_id = sentence.sentence_id)`
  return { sql: filter.gold === 'unpredicted' ? `NOT ${isPredicted}` : isPredicted, values }
}

/** The condition on predictions; for sentences without one, that on those that others have. */
export function predictionCondition({ runId, gold, leastConfidence, mostConfidence }: RunFilter): Condition {
  const parts = ['run_id = ?']
  const values: SqlValue[] = [runId]
  if (gold === 'differs') parts.push('differences > 0')
  if (gold === 'agrees') parts.push('differences = 0')
  if (gold === 'unpredicted') return { sql: parts.join(' AND '), values }
  for (const [sign, bound] of [
    ['>=', leastConfidence],
    ['<=', mostConfidence],
  ] as const)
    if (bound !== undefined) {
      parts.push(`confidence ${sign} ?`)
      values.push(bound)
    }
  return { sql: parts.join(' AND '), values }
}

/** Conditions that a sentence of the same normalised text stands in a place. */
const repeatConditions: Readonly<Record<RepeatPlace, string>> = {
  inside: standsToo('other.split = sentence.split AND other.sentence_id < sentence.sentence_id'),
  between: standsToo('other.split <> sentence.split'),
  'in-train': `(split <> 0 AND ${standsToo('other.split = 0')})`,
}

function standsToo(where: string): string {
  return `EXISTS (SELECT 1 FROM sentence AS other
    WHERE other.corpus_id = sentence.corpus_id AND other.loose_hash = sentence.loose_hash AND ${where})`
}

export function overlapClassesOf(overlap: number): OverlapClass[] {
  const classes = (['Normal', 'SEO', 'EPO', 'SOO'] as const).filter((name) => overlap & overlapBits[name])
  return classes.length > 0 ? classes : ['none']
}
