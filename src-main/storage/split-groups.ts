/** Reads the documents of a corpus with what a seeded split goes by: their sentences and the relation types of their triples. */
import { splits } from '#main/document/doc'
import type { SplitGroup } from '#main/document/seeded-split'
import type { Database } from './database.ts'

/** Number of documents that are read at once. */
const docsAtOnce = 200

interface DocRow {
  readonly doc_id: number
  readonly size: number
}

/** A document with the triples of its sentences, and where it is. */
interface PlacedGroup extends SplitGroup {
  /** Index of its split. */
  readonly split: number
}

export interface SplitGroups {
  readonly groups: readonly PlacedGroup[]
  /** Relation types by their index in the groups. */
  readonly types: readonly string[]
}

export async function readSplitGroups(
  database: Database,
  corpusId: number,
  pause: () => Promise<void>,
): Promise<SplitGroups> {
  const groups: PlacedGroup[] = []
  const indexOf = new Map<string, number>()
  for (const split of splits.keys())
    for (let last = 0; ; await pause()) {
      const docs = readDocs(database, corpusId, split, last)
      const end = docs.at(-1)
      if (!end) break
      const triples = Map.groupBy(readTypes(database, docs), ({ doc_id }) => doc_id)
      for (const { doc_id: key, size } of docs) {
        const types = (triples.get(key) ?? []).map(({ type }) => {
          const index = indexOf.get(type) ?? indexOf.size
          indexOf.set(type, index)
          return index
        })
        groups.push({ key, size, types, split })
      }
      last = end.doc_id
    }
  return { groups, types: [...indexOf.keys()] }
}

function readDocs(database: Database, corpusId: number, split: number, last: number): DocRow[] {
  return database.all<DocRow>(
    `SELECT doc_id, (SELECT count(*) FROM sentence WHERE sentence.doc_id = doc.doc_id) AS size FROM doc
     WHERE corpus_id = ? AND split = ? AND doc_id > ? ORDER BY doc_id LIMIT ?`,
    ...[corpusId, split, last, docsAtOnce],
  )
}

function readTypes(database: Database, docs: readonly DocRow[]): { doc_id: number; type: string }[] {
  const ids = JSON.stringify(docs.map(({ doc_id }) => doc_id))
  const of = (table: string): string =>
    `SELECT doc_id, type FROM sentence JOIN ${table} USING (sentence_id) WHERE doc_id IN (SELECT value FROM json_each(?))`
  return database.all(`${of('relation')} UNION ALL ${of('unanchored')}`, ids, ids)
}
