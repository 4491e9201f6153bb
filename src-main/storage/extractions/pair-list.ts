/** The list of pairs that a filter asks for, with their support and what contradicts them. */
import type { OtherPair, PairFilter, PairRow, Sorting, pairSorts } from '#main/document/extracted-row'
import type { Condition } from '../condition.ts'
import type { Database } from '../database.ts'
import { few, namePairs, pairsOf, toSet, type KeptHits } from './hits.ts'
import { nameOf, readNamed } from './names.ts'
import { boundsOf, fewWithin, pairsOfRelation } from './pair-hits.ts'
import { allOf, relationCount } from './row-list.ts'
import type { Part, Walk } from './walk.ts'

export type PairSorting = Sorting<(typeof pairSorts)[number]>

/** Share of subjects with one object from which a relation counts as mostly functional. */
export const leastFunctional = 0.9

/** Contradictions that are shown of one pair. */
const mostOthers = 5

const isFunctional = (
  pair: string,
): string => `EXISTS (SELECT 1 FROM functional_relation AS f JOIN extraction USING (run_id)
  WHERE extraction.extraction_id = ${pair}.extraction_id AND f.relation = ${pair}.relation AND f.share >= ${leastFunctional})`

const conflicting = `(EXISTS (SELECT 1 FROM extracted_pair AS o WHERE o.subject_id = p.subject_id AND o.object_id = p.object_id AND o.pair_id <> p.pair_id)
  OR (${isFunctional('p')} AND EXISTS
    (SELECT 1 FROM extracted_pair AS o WHERE o.subject_id = p.subject_id AND o.relation = p.relation AND o.pair_id <> p.pair_id)))`

export function pairList(
  database: Database,
  kept: KeptHits,
  extractionId: number,
  filter: PairFilter,
  { by, isDescending }: PairSorting,
): Walk {
  const { relation, search = '', entityId, conflicts } = filter
  const bounds = boundsOf(filter).map((bound) => ({ ...bound, ids: fewWithin(database, extractionId, bound) }))
  const isRare = relation !== undefined && relationCount(database, extractionId, relation) <= few
  const sets = [
    ...(isRare ? [pairsOfRelation(database, extractionId, relation)] : []),
    ...(search.trim() === '' ? [] : [namePairs(database, kept, extractionId, search)]),
    ...(entityId === undefined ? [] : [pairsOf(database, [entityId])]),
    ...bounds.flatMap(({ ids }) => ids ?? []),
  ]
  const short = sets.find(({ length }) => length <= few)
  const conditions: (Condition | null)[] = [
    relation === undefined || isRare ? null : { sql: 'relation = ?', values: [relation] },
    ...bounds.map(({ ids, column, least }) => (ids ? null : { sql: `${column} >= ?`, values: [least] })),
    conflicts ? { sql: conflicting, values: [] } : null,
  ]
  const index = by === 'support' ? 'extracted_pair_support' : 'extracted_pair_best'
  const tests = sets.filter((set) => set !== short).map(toSet)
  const part = (sql: string, ...values: (string | number)[]): Part => ({
    ...{ name: '', sql: `extraction_id = ?${sql}`, values: [extractionId, ...values] },
  })
  return {
    table: short ? 'extracted_pair AS p' : `extracted_pair AS p INDEXED BY ${index}`,
    ...{ id: 'pair_id', key: by === 'support' ? 'sentences' : 'best', isDescending },
    ...(by === 'support' && { tie: { column: 'name', valueOf: 'SELECT name FROM extracted_pair WHERE pair_id = ?' } }),
    parts: [
      short ? { ...part(' AND pair_id IN (SELECT value FROM json_each(?))', idList(short)), isShort: true } : part(''),
    ],
    passes: allOf(conditions),
    ...(tests.length > 0 && {
      columns: ['pair_id'],
      test: (values: readonly number[]) => tests.every((has) => has(values[0] ?? 0)),
    }),
  }
}

const idList = (ids: ArrayLike<number>): string => JSON.stringify(Array.from(ids))

/** A row as it is stored. */
interface Found {
  readonly pair_id: number
  readonly extraction_id: number
  readonly subject_id: number
  readonly relation: string
  readonly object_id: number
  readonly triples: number
  readonly sentences: number
  readonly documents: number
  readonly best: number
  readonly probabilities: number
  readonly is_functional: number
}

export function readPairs(database: Database, pairIds: readonly number[]): PairRow[] {
  const rows = new Map(
    database
      .all<Found>(
        `SELECT p.*, ${isFunctional('p')} AS is_functional FROM json_each(?) JOIN extracted_pair AS p ON p.pair_id = value`,
        JSON.stringify(pairIds),
      )
      .map((row) => [row.pair_id, row]),
  )
  const named = readNamed(
    database,
    [...rows.values()].flatMap(({ subject_id, object_id }) => [subject_id, object_id]),
  )
  return pairIds.flatMap((id) => {
    const row = rows.get(id)
    return row ? [toPair(database, named, row)] : []
  })
}

function toPair(database: Database, named: Parameters<typeof nameOf>[0], row: Found): PairRow {
  return {
    ...{ pairId: row.pair_id, relation: row.relation },
    subject: nameOf(named, row.subject_id),
    object: nameOf(named, row.object_id),
    ...{ triples: row.triples, sentences: row.sentences, documents: row.documents },
    ...{ bestProbability: row.best, meanProbability: row.probabilities / Math.max(1, row.triples) },
    otherObjects: row.is_functional === 1 ? otherObjects(database, row) : [],
    otherRelations: database.all<OtherPair>(
      `SELECT pair_id AS pairId, relation AS name, sentences FROM extracted_pair
       WHERE subject_id = ? AND object_id = ? AND pair_id <> ? ORDER BY sentences DESC, pair_id LIMIT ?`,
      ...[row.subject_id, row.object_id, row.pair_id, mostOthers],
    ),
  }
}

function otherObjects(database: Database, { subject_id, relation, pair_id }: Found): OtherPair[] {
  return database.all<OtherPair>(
    `SELECT pair_id AS pairId, sentences,
       (SELECT text FROM extracted_name WHERE entity_id = object_id ORDER BY mentions DESC, name_id LIMIT 1) AS name
     FROM extracted_pair WHERE subject_id = ? AND relation = ? AND pair_id <> ? ORDER BY sentences DESC, pair_id LIMIT ?`,
    ...[subject_id, relation, pair_id, mostOthers],
  )
}
