/** The list of triples that a filter asks for: the index it is walked by, or the few ids among which its rows are. */
import {
  leastChange,
  type ComparedWith,
  type RowFilter,
  type Sorting,
  type rowSorts,
} from '#main/document/extracted-row'
import type { Condition } from '../condition.ts'
import type { Database, SqlValue } from '../database.ts'
import { few, hitsOf, toSet, type Hits, type KeptHits } from './hits.ts'
import type { Part, Walk } from './walk.ts'

export type RowSorting = Sorting<(typeof rowSorts)[number]>

/** Columns and indexes of the sortings. */
const ways = {
  order: { key: 'triple_id', index: 'extracted_triple_order' },
  probability: { key: 'probability', index: 'extracted_triple_probability' },
  subject: { key: 'subject', index: 'extracted_triple_subject' },
  relation: { key: 'probability', index: 'extracted_triple_relation' },
} as const

export function rowList(
  database: Database,
  kept: KeptHits,
  extractionId: number,
  filter: RowFilter,
  { by, isDescending }: RowSorting,
): Walk {
  const hits = hitsOf(database, kept, extractionId, filter)
  const ranges = filter.document === undefined ? null : rangesOf(database, extractionId, filter.document)
  const short = fewIds(database, extractionId, filter, hits, ranges)
  const { key, index } = ways[by]
  const common = { id: 'triple_id', key, isDescending: by === 'relation' || isDescending }
  const isByRelation = by === 'relation' || (by === 'probability' && filter.relation !== undefined)
  // where the list is walked by probability, its bounds are bounds of the index
  const within = key === 'probability' && !short ? null : boundsOf(filter)
  const rest = allOf([
    isByRelation && !short ? null : equals('relation', filter.relation),
    equals('subject_type', filter.subjectType),
    equals('object_type', filter.objectType),
    within,
    equals('plausibility', filter.plausibility),
    filter.against ? comparedWith(filter.against) : null,
  ])
  const tests: Test[] = hits.map(({ column, ids }) => ({ column, has: toSet(ids) }))
  if (ranges && (short || by !== 'order')) tests.push({ column: 'triple_id', has: inRanges(ranges) })
  if (short) {
    const names = by === 'relation' ? relationsIn(database, extractionId, filter, isDescending) : [null]
    const parts = names.map((relation): Part => ({
      ...{ name: relation ?? '', isShort: true },
      sql: `${short.sql}${relation === null ? '' : ' AND relation = ?'}`,
      values: relation === null ? short.values : [...short.values, relation],
    }))
    return { table: 'extracted_triple AS t', ...common, parts, passes: rest, ...testOf(tests) }
  }
  return {
    ...{ table: `extracted_triple AS t INDEXED BY ${isByRelation ? ways.relation.index : index}`, ...common },
    parts: partsOf(database, extractionId, filter, { by, isDescending }, ranges),
    passes: rest,
    ...testOf(tests),
  }
}

interface Test {
  readonly column: string
  readonly has: (id: number) => boolean
}

function testOf(tests: readonly Test[]): Pick<Walk, 'columns' | 'test'> {
  if (tests.length === 0) return {}
  return {
    columns: tests.map(({ column }) => column),
    test: (values) => tests.every(({ has }, at) => has(values[at] ?? 0)),
  }
}

function partsOf(
  database: Database,
  extractionId: number,
  filter: RowFilter,
  { by, isDescending }: RowSorting,
  ranges: readonly Range[] | null,
): Part[] {
  if (by === 'order' && ranges) {
    const parts = ranges.map(({ first, end }): Part => ({
      name: String(first),
      sql: 'extraction_id = ? AND triple_id >= ? AND triple_id < ?',
      values: [extractionId, first, end],
    }))
    return isDescending ? parts.toReversed() : parts
  }
  const isByRelation = by === 'relation' || (by === 'probability' && filter.relation !== undefined)
  const bounds = by === 'order' || by === 'subject' ? null : boundsOf(filter)
  const part = (name: string, sql: string, values: readonly SqlValue[]): Part => ({
    ...{ name, sql: bounds ? `${sql} AND ${bounds.sql}` : sql, values: [...values, ...(bounds?.values ?? [])] },
  })
  if (!isByRelation) return [part('', 'extraction_id = ?', [extractionId])]
  return relationsIn(database, extractionId, filter, isDescending && by === 'relation').map((relation) =>
    part(relation, 'extraction_id = ? AND relation = ?', [extractionId, relation]),
  )
}

function relationsIn(
  database: Database,
  extractionId: number,
  { relation }: RowFilter,
  isDescending: boolean,
): string[] {
  if (relation !== undefined) return [relation]
  const names = database.column<string>(
    'SELECT relation FROM extracted_relation WHERE extraction_id = ? ORDER BY relation',
    extractionId,
  )
  return isDescending ? names.toReversed() : names
}

/** The ids among which all rows are, where those are few; null where they are not. */
function fewIds(
  database: Database,
  extractionId: number,
  filter: RowFilter,
  hits: ReturnType<typeof hitsOf>,
  ranges: readonly Range[] | null,
): Condition | null {
  const { pairId, relation } = filter
  if (pairId !== undefined) return { sql: 'extraction_id = ? AND pair_id = ?', values: [extractionId, pairId] }
  const ids = hits.map(({ column, ids }) => fewTriples(database, column, ids)).find((found) => found !== null)
  if (ids) return within(ids)
  const length = ranges?.reduce((sum, { first, end }) => sum + end - first, 0)
  if (ranges && length !== undefined && length <= few)
    return within(ranges.flatMap(({ first, end }) => Array.from({ length: end - first }, (_, at) => first + at)))
  const bounds = boundsOf(filter)
  if (bounds) {
    const near = database.column<number>(
      `SELECT triple_id FROM extracted_triple INDEXED BY extracted_triple_probability
       WHERE extraction_id = ? AND ${bounds.sql} LIMIT ?`,
      ...[extractionId, ...bounds.values, few + 1],
    )
    if (near.length <= few) return within(near)
  }
  const ofRelation = relation === undefined ? null : relationCount(database, extractionId, relation)
  return ofRelation !== null && ofRelation <= few
    ? { sql: 'extraction_id = ? AND relation = ?', values: [extractionId, relation ?? ''] }
    : null
}

const within = (ids: readonly number[]): Condition => ({
  sql: 'triple_id IN (SELECT value FROM json_each(?))',
  values: [JSON.stringify(ids)],
})

function fewTriples(database: Database, column: 'sentence_id' | 'pair_id', ids: Hits): number[] | null {
  if (ids.length > few) return null
  const list = JSON.stringify(Array.from(ids))
  const found = database.column<number>(
    column === 'pair_id'
      ? 'SELECT triple_id FROM extracted_triple WHERE pair_id IN (SELECT value FROM json_each(?)) LIMIT ?'
      : `SELECT triple_id FROM json_each(?) JOIN extracted_sentence AS s ON s.sentence_id = value
           JOIN extracted_triple ON triple_id >= s.first_triple AND triple_id < s.first_triple + s.triples LIMIT ?`,
    ...[list, few + 1],
  )
  return found.length > few ? null : found
}

/** Number of triples of a relation. */
export function relationCount(database: Database, extractionId: number, relation: string): number {
  return (
    database.get<{ triples: number }>(
      'SELECT triples FROM extracted_relation WHERE extraction_id = ? AND relation = ?',
      ...[extractionId, relation],
    )?.triples ?? 0
  )
}

/** Triples that follow each other; `end` is exclusive. */
interface Range {
  readonly first: number
  readonly end: number
}

/** Finds the ranges of the triples of documents whose names begin so. */
function rangesOf(database: Database, extractionId: number, prefix: string): Range[] {
  const rows = database.rawRows<[number, number, number]>(
    `SELECT position, first_triple, triples FROM extracted_document
     WHERE extraction_id = ? AND name >= ? AND name < ? ORDER BY position`,
    ...[extractionId, prefix, `${prefix}\u{10ffff}`],
  )
  const ranges: { first: number; end: number; next: number }[] = []
  for (const [position, first, triples] of rows) {
    const last = ranges.at(-1)
    if (last?.next === position && (last.end === first || triples === 0 || last.first === last.end)) {
      if (last.first === last.end) last.first = first
      last.end = Math.max(last.end, first + triples)
      last.next = position + 1
    } else ranges.push({ first, end: first + triples, next: position + 1 })
  }
  return ranges.filter(({ first, end }) => end > first)
}

function inRanges(ranges: readonly Range[]): (id: number) => boolean {
  return (id) => {
    let [low, high] = [0, ranges.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ranges[middle]?.end ?? 0) <= id) low = middle + 1
      else high = middle
    }
    return (ranges[low]?.first ?? Infinity) <= id
  }
}

function equals(column: string, value: string | undefined): Condition | null {
  return value === undefined ? null : { sql: `${column} = ?`, values: [value] }
}

function boundsOf({ leastProbability, mostProbability }: RowFilter): Condition | null {
  return allOf([bound('probability >= ?', leastProbability), bound('probability <= ?', mostProbability)])
}

function bound(sql: string, value: number | undefined): Condition | null {
  return value === undefined ? null : { sql, values: [value] }
}

export function allOf(conditions: readonly (Condition | null)[]): Condition | null {
  const all = conditions.filter((condition) => condition !== null)
  if (all.length === 0) return null
  const values: SqlValue[] = all.flatMap((condition) => [...condition.values])
  return { sql: all.map(({ sql }) => sql).join(' AND '), values }
}

/** The same triple at the same place of the same document in another extraction. */
export const sameTriple = (other: string): string =>
  `${other}.position = t.position AND ${other}.subject_start = t.subject_start AND ${other}.object_start = t.object_start
   AND ${other}.subject_end = t.subject_end AND ${other}.object_end = t.object_end AND ${other}.relation = t.relation`

function comparedWith({ extractionId, are }: ComparedWith): Condition {
  const other = `FROM extracted_triple AS o WHERE o.extraction_id = ? AND ${sameTriple('o')}`
  if (are === 'changed')
    return {
      sql: `EXISTS (SELECT 1 ${other} AND abs(o.probability - t.probability) >= ?)`,
      values: [extractionId, leastChange],
    }
  return { sql: `${are === 'only' ? 'NOT ' : ''}EXISTS (SELECT 1 ${other})`, values: [extractionId] }
}
