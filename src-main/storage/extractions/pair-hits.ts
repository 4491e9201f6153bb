/** Ids of the pairs that a filter leaves, where an index tells them. */
import type { PairFilter } from '#main/document/extracted-row'
import type { Database } from '../database.ts'
import { few, type Hits } from './hits.ts'

/** Ids of the pairs of a relation, in their order, by the index of its triples. */
export function pairsOfRelation(database: Database, extractionId: number, relation: string): Hits {
  return Int32Array.from(
    database.column<number>(
      `SELECT DISTINCT pair_id FROM extracted_triple INDEXED BY extracted_triple_relation
       WHERE extraction_id = ? AND relation = ? ORDER BY pair_id`,
      ...[extractionId, relation],
    ),
  )
}

/** A least value of a column, which an index sorts by. */
interface Bound {
  readonly column: 'best' | 'sentences'
  readonly index: string
  readonly least: number
}

export function boundsOf({ leastProbability, leastSentences }: PairFilter): Bound[] {
  return [
    ...(leastProbability === undefined
      ? []
      : [{ column: 'best', index: 'extracted_pair_best', least: leastProbability } as const]),
    ...(leastSentences === undefined
      ? []
      : [{ column: 'sentences', index: 'extracted_pair_support', least: leastSentences } as const]),
  ]
}

/** Ids of the pairs within a bound, in their order; null where they are not few. */
export function fewWithin(database: Database, extractionId: number, { column, index, least }: Bound): Hits | null {
  const ids = database.column<number>(
    `SELECT pair_id FROM extracted_pair INDEXED BY ${index} WHERE extraction_id = ? AND ${column} >= ? LIMIT ?`,
    ...[extractionId, least, few + 1],
  )
  return ids.length > few ? null : Int32Array.from(ids).sort()
}
