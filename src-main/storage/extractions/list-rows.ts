/** Makes rows of the documents of an extraction. Rows follow the documents; a kill in between loses none, since each step says how far it came. */
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { Database } from '../database.ts'
import { createRowWriter } from './row-writer.ts'

/** Number of documents that are read at a time. */
const documentsAtOnce = 64

/** Number of triples after which what was kept is written. */
const triplesAtOnce = 256

export interface Databases {
  /** That of the workspace; it is only read. */
  readonly workspace: Database
  readonly results: Database
}

interface Listed {
  readonly position: number
  readonly document: string
}

/**
 * Lists the documents that are not rows yet, some triples at each step. A document that a kill cut short is listed from its beginning:
 * what it has already is left as it is. Whatever a step wrote must be kept, or nothing be done any more: the ids that it gave are remembered.
 */
export function* listRows({ workspace, results }: Databases, extractionId: number): Generator<void, void> {
  const writer = createRowWriter(results, extractionId)
  let waiting = 0
  for (let from = beginListing({ workspace, results }, extractionId); ;) {
    const documents = workspace.all<Listed>(
      `SELECT position, document FROM extraction_document WHERE extraction_id = ? AND position >= ?
       ORDER BY position LIMIT ?`,
      ...[extractionId, from, documentsAtOnce],
    )
    if (documents.length === 0) break
    for (const { position, document } of documents) {
      const { document: name, sentences } = JSON.parse(document) as ExtractedDocument // as it was stored
      writer.beginDocument(position, name)
      let passed = position === from ? writer.triplesThere(position) : 0
      for (const sentence of sentences) {
        const { length } = sentence.triples
        for (let first = Math.min(passed, length); first < length;) {
          const end = Math.min(length, first + triplesAtOnce - waiting)
          writer.addTriples(position, sentence, first, end)
          waiting += end - first
          first = end
          if (waiting < triplesAtOnce) continue
          writer.flush()
          waiting = 0
          yield
        }
        passed = Math.max(0, passed - length)
      }
      writer.passDocuments(position + 1)
      from = position + 1
    }
    writer.flush()
    waiting = 0
    yield
  }
}

/** Answers with the number of documents that are rows. */
function beginListing({ workspace, results }: Databases, extractionId: number): number {
  const created = workspace.column<number>('SELECT created_ms FROM extraction WHERE extraction_id = ?', extractionId)
  results.run(
    'INSERT INTO listing (extraction_id, created_ms) VALUES (?, ?) ON CONFLICT DO NOTHING',
    ...[extractionId, created[0] ?? 0],
  )
  return results.column<number>('SELECT listed FROM listing WHERE extraction_id = ?', extractionId)[0] ?? 0
}
