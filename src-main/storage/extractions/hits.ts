/** Hits of a search in the results of an extraction: ids of sentences, of entities, and of the pairs that these belong to. */
import type { RowFilter } from '#main/document/extracted-row'
import type { Database } from '../database.ts'
import { searchQueries } from '../search-hits.ts'

/** Number of ids up to which rows are looked up one by one instead of being met on a walk. */
export const few = 20_000

/** Ids in their order. */
export type Hits = Int32Array

/** Found ids are kept while the rows they were found in stay the same: every page of a list asks for them. */
export interface KeptHits {
  find(extractionId: number, name: string, read: () => Hits): Hits
}

/** Number of searches whose ids are kept: four megabytes each for a million. */
const mostKept = 6

export function createKeptHits(database: Database): KeptHits {
  const kept = new Map<string, { readonly listed: number; readonly hits: Hits }>()
  return {
    find(extractionId, name, read) {
      const key = `${extractionId} ${name}`
      const listed =
        database.get<{ listed: number }>('SELECT triples AS listed FROM listing WHERE extraction_id = ?', extractionId)
          ?.listed ?? 0
      const known = kept.get(key)
      if (known?.listed === listed) return known.hits
      const hits = read()
      kept.delete(key)
      kept.set(key, { listed, hits })
      for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
      return hits
    },
  }
}

/** Ids of the sentences that hold the words; null for a search without letters and digits, which finds nothing. */
export function sentenceHits(database: Database, kept: KeptHits, extractionId: number, search: string): Hits {
  return kept.find(extractionId, `sentences ${search}`, () => {
    const bounds = database.get<{ first: number; last: number }>(
      `SELECT (SELECT sentence_id FROM extracted_triple WHERE extraction_id = ? ORDER BY triple_id LIMIT 1) AS first,
         (SELECT sentence_id FROM extracted_triple WHERE extraction_id = ? ORDER BY triple_id DESC LIMIT 1) AS last`,
      ...[extractionId, extractionId],
    )
    const query = searchQueries(search)?.letters
    if (query === undefined || !bounds?.first) return new Int32Array()
    return Int32Array.from(
      database.column<number>(
        'SELECT rowid FROM extracted_text WHERE extracted_text MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid',
        ...[query, bounds.first, bounds.last],
      ),
    )
  })
}

/** Ids of the entities of an extraction whose names hold the words. */
export function entityHits(database: Database, kept: KeptHits, extractionId: number, search: string): Hits {
  return kept.find(extractionId, `entities ${search}`, () => {
    const query = searchQueries(search)?.letters
    if (query === undefined) return new Int32Array()
    return Int32Array.from(
      database.column<number>(
        `SELECT entity_id FROM extracted_entity_text JOIN extracted_entity ON entity_id = extracted_entity_text.rowid
         WHERE extracted_entity_text MATCH ? AND extraction_id = ? ORDER BY entity_id`,
        ...[query, extractionId],
      ),
    )
  })
}

/** Ids of the pairs whose subject or object has such a name. */
export function namePairs(database: Database, kept: KeptHits, extractionId: number, search: string): Hits {
  const entities = entityHits(database, kept, extractionId, search)
  return kept.find(extractionId, `pairs ${search}`, () => pairsOf(database, entities))
}

/** Ids of the pairs of these entities, in their order. */
export function pairsOf(database: Database, entityIds: ArrayLike<number>): Hits {
  const ids = JSON.stringify(Array.from(entityIds))
  return Int32Array.from(
    database.column<number>(
      `SELECT pair_id FROM extracted_pair WHERE subject_id IN (SELECT value FROM json_each(?))
       UNION SELECT pair_id FROM extracted_pair WHERE object_id IN (SELECT value FROM json_each(?)) ORDER BY 1`,
      ...[ids, ids],
    ),
  )
}

/** The sets of ids among which the rows of a filter must be, by the column that holds such an id. */
export function hitsOf(
  database: Database,
  kept: KeptHits,
  extractionId: number,
  { search = '', searchIn = 'sentence', entityId }: Pick<RowFilter, 'search' | 'searchIn' | 'entityId'>,
): { readonly column: 'sentence_id' | 'pair_id'; readonly ids: Hits }[] {
  const found: { readonly column: 'sentence_id' | 'pair_id'; readonly ids: Hits }[] = []
  if (search.trim() !== '' && searchIn === 'sentence')
    found.push({ column: 'sentence_id', ids: sentenceHits(database, kept, extractionId, search) })
  if (search.trim() !== '' && searchIn === 'names')
    found.push({ column: 'pair_id', ids: namePairs(database, kept, extractionId, search) })
  if (entityId !== undefined) found.push({ column: 'pair_id', ids: pairsOf(database, [entityId]) })
  return found
}

/** Makes a set of sorted ids: a bit for each number between the first and the last. */
export function toSet(sorted: Hits): (id: number) => boolean {
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)]
  const bits = new Uint8Array((last - first) / 8 + 1)
  for (const id of sorted) bits[(id - first) >> 3] = (bits[(id - first) >> 3] ?? 0) | (1 << ((id - first) & 7))
  if (sorted.length === 0) return () => false
  return (id) => id >= first && id <= last && ((bits[(id - first) >> 3] ?? 0) & (1 << ((id - first) & 7))) !== 0
}
