/** Two extractions of the same input, counted relation by relation. */
import { AppError } from '#main/core/errors'
import { leastChange, type ComparedRelation, type ComparedResults } from '#main/document/extracted-row'
import type { Database } from '../database.ts'
import { sameTriple } from './row-list.ts'

/** Number of triples that one step looks at. */
const triplesAtOnce = 2000

/** @throws AppError 'conflict' when they are of other documents. */
export function* compareSteps(
  database: Database,
  extractionId: number,
  otherId: number,
): Generator<void, ComparedResults> {
  yield* refuseOtherInputs(database, extractionId, otherId)
  const there = countsOf(database, otherId)
  const here = countsOf(database, extractionId)
  const both = yield* countBoth(database, extractionId, otherId)
  const names = [...new Set([...here.keys(), ...there.keys()])].sort()
  const relations = names.map((relation): ComparedRelation => {
    const { both: shared = 0, changed = 0 } = both.get(relation) ?? {}
    const [onlyHere, onlyThere] = [(here.get(relation) ?? 0) - shared, (there.get(relation) ?? 0) - shared]
    return { relation, onlyHere, onlyThere, both: shared, changed }
  })
  const sum = (field: Exclude<keyof ComparedRelation, 'relation'>): number =>
    relations.reduce((total, row) => total + row[field], 0)
  return {
    ...{ onlyHere: sum('onlyHere'), onlyThere: sum('onlyThere'), both: sum('both'), changed: sum('changed') },
    relations,
  }
}

function countsOf(database: Database, extractionId: number): Map<string, number> {
  return new Map(
    database.rawRows<[string, number]>(
      'SELECT relation, triples FROM extracted_relation WHERE extraction_id = ?',
      extractionId,
    ),
  )
}

function* countBoth(
  database: Database,
  extractionId: number,
  otherId: number,
): Generator<void, Map<string, { both: number; changed: number }>> {
  const counts = new Map<string, { both: number; changed: number }>()
  for (let last = 0; ;) {
    const rows = database.rawRows<[number, string, number | null]>(
      `SELECT t.triple_id, t.relation, abs(o.probability - t.probability)
       FROM extracted_triple AS t INDEXED BY extracted_triple_order
         LEFT JOIN extracted_triple AS o INDEXED BY extracted_triple_place ON o.extraction_id = ? AND ${sameTriple('o')}
       WHERE t.extraction_id = ? AND t.triple_id > ? ORDER BY t.triple_id LIMIT ?`,
      ...[otherId, extractionId, last, triplesAtOnce],
    )
    for (const [tripleId, relation, difference] of rows) {
      last = tripleId
      if (difference === null) continue
      const count = counts.get(relation) ?? { both: 0, changed: 0 }
      counts.set(relation, {
        both: count.both + 1,
        changed: count.changed + (difference >= leastChange ? 1 : 0),
      })
    }
    yield
    if (rows.length === 0) return counts
  }
}

function* refuseOtherInputs(database: Database, extractionId: number, otherId: number): Generator<void, void> {
  for (let from = 0; ; from += triplesAtOnce) {
    const rows = database.rawRows<[string, string]>(
      `SELECT here.name, there.name FROM extracted_document AS here
         JOIN extracted_document AS there ON there.extraction_id = ? AND there.position = here.position
       WHERE here.extraction_id = ? AND here.position >= ? AND here.position < ? ORDER BY here.position`,
      ...[otherId, extractionId, from, from + triplesAtOnce],
    )
    const other = rows.find(([here, there]) => here !== there)
    if (other)
      throw new AppError(
        'conflict',
        `These extractions are of different inputs: where one has ${other[0]}, the other has ${other[1]}. Compare two extractions of the same files or corpus.`,
      )
    if (rows.length === 0) return
    yield
  }
}
