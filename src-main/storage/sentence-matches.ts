/**
 * Matches: the ids of all sentences that pass a filter, in the order of the corpus. They are kept until the corpus changes, so
 * that the list can be scrolled to any place without counting again.
 */
import type { Database, SqlValue } from './database.ts'
import { readHits } from './search-hits.ts'
import { changesOf, countSentences } from './sentence-counts.ts'
import { saysMore, conditionOf, type QueueFilter } from './sentence-filter.ts'
import { predictionChangesOf, readPredictedIds } from './prediction-ids.ts'

export interface Matches {
  /** Finds the ids, some milliseconds of work at each step. */
  find(corpusId: number, filter: QueueFilter): Generator<void, Int32Array>
}

/** Number of lists of ids that are kept: four megabytes each for a million sentences. */
const mostKept = 4

/** Number of sentences below which they are looked up one by one instead of going through the corpus. */
export const few = 20_000

/** Number of sentences that one step goes through. */
const chunk = 8_000

/** Parts of a filter that depend on nothing but sentences, annotations and predictions, so that what they found holds until those change. */
const keepable: ReadonlySet<string> = new Set<keyof QueueFilter>([
  ...([
    'splits',
    'status',
    'also',
    'relationType',
    'entityType',
    'overlapClass',
    'repeated',
    'anchors',
    'layers',
    'run',
    'search',
    'only',
    'without',
  ] as const),
])

export function createMatches(database: Database): Matches {
  const kept = new Map<string, { readonly changes: number; readonly ids: Int32Array }>()
  return {
    *find(corpusId, filter) {
      const key = JSON.stringify([corpusId, filter])
      const changes = changesOf(database, corpusId) + predictionChangesOf(database, corpusId, filter.run?.runId)
      const known = kept.get(key)
      if (known?.changes === changes) return known.ids
      const ids = yield* findAll(database, corpusId, filter)
      kept.delete(key)
      if (Object.keys(filter).every((name) => keepable.has(name))) kept.set(key, { changes, ids })
      for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
      return ids
    },
  }
}

function* findAll(database: Database, corpusId: number, filter: QueueFilter): Generator<void, Int32Array> {
  const { search, run, ...rest } = filter
  const hits = search === undefined || search.trim() === '' ? null : yield* readHits(database, search)
  if (hits?.length === 0) return new Int32Array()
  const source = fewSource(database, corpusId, filter, hits)
  if (source) {
    const { sql, values } = conditionOf(corpusId, source.isOfHits ? { ...rest, run } : filter)
    return Int32Array.from(
      database.column<number>(
        // without an index of other columns the sentences are looked up by their ids
        `SELECT sentence_id FROM sentence NOT INDEXED WHERE sentence_id IN (${source.sql}) AND ${sql} ORDER BY split, position`,
        ...[...source.values, ...values],
      ),
    )
  }
  const tests = hits ? [toSet(hits)] : []
  if (run && saysMore(run)) {
    const isPredicted = toSet(yield* readPredictedIds(database, run))
    tests.push(run.gold === 'unpredicted' ? (id) => !isPredicted(id) : isPredicted)
  }
  const passes = tests.length > 0 ? (id: number) => tests.every((test) => test(id)) : null
  return yield* walk(database, corpusId, conditionOf(corpusId, rest), passes)
}

interface Query {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

interface FewIds extends Query {
  /** Whether they are what the search found, so that nothing else need search. */
  readonly isOfHits?: true
}

/** The ids among which the matches are, where those are few. */
function fewSource(
  database: Database,
  corpusId: number,
  { entityType, relationType, only }: QueueFilter,
  hits: readonly number[] | null,
): FewIds | null {
  const listed = (ids: readonly number[]): Query => ({
    sql: 'SELECT value FROM json_each(?)',
    values: [JSON.stringify(ids)],
  })
  if (hits && hits.length <= few) return { ...listed(hits), isOfHits: true }
  if (only) return listed(only)
  const isFew = (filter: QueueFilter): boolean => (countSentences(database, corpusId, filter) ?? Infinity) <= few
  if (entityType !== undefined && isFew({ entityType }))
    return { sql: 'SELECT sentence_id FROM span WHERE label = ?', values: [entityType] }
  if (relationType !== undefined && isFew({ relationType }))
    return {
      sql: 'SELECT sentence_id FROM relation WHERE type = ? UNION SELECT sentence_id FROM unanchored WHERE type = ?',
      values: [relationType, relationType],
    }
  return null
}

/** Goes through the corpus in its order. */
function* walk(
  database: Database,
  corpusId: number,
  { sql, values }: Query,
  holds: ((sentenceId: number) => boolean) | null,
): Generator<void, Int32Array> {
  const parts: Int32Array[] = []
  for (const split of [0, 1, 2]) {
    const last = database.get<{ last: number | null }>(
      'SELECT max(position) AS last FROM sentence WHERE corpus_id = ? AND split = ?',
      ...[corpusId, split],
    )?.last
    for (let from = 0; from < (last ?? 0); from += chunk) {
      const ids = database.column<number>(
        `SELECT sentence_id FROM sentence WHERE ${sql} AND split = ? AND position > ? AND position <= ? ORDER BY position`,
        ...[...values, split, from, from + chunk],
      )
      parts.push(Int32Array.from(holds ? ids.filter(holds) : ids))
      yield
    }
  }
  const all = new Int32Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** A set of sorted ids as a bit for each number between the first and the last. */
function toSet(sorted: readonly number[]): (id: number) => boolean {
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)]
  const bits = new Uint8Array((last - first) / 8 + 1)
  for (const id of sorted) {
    const at = id - first
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7))
  }
  return (id) => ((bits[(id - first) >> 3] ?? 0) & (1 << ((id - first) & 7))) !== 0
}
