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

/** Answers with the number of documents that are rows. An extraction began again only where it had no triples. */
function beginListing({ workspace, results }: Databases, extractionId: number): number {
  const { createdMs, attempt } = workspace.get<{ createdMs: number; attempt: number }>(
    'SELECT created_ms AS createdMs, attempt FROM extraction WHERE extraction_id = ?',
    extractionId,
  ) ?? { createdMs: 0, attempt: 0 }
  const former = results.get<{ attempt: number; listed: number }>(
    'SELECT attempt, listed FROM listing WHERE extraction_id = ?',
    extractionId,
  )
  if (former?.attempt === attempt) return former.listed
  results.run('DELETE FROM extracted_document WHERE extraction_id = ?', extractionId)
  results.run(
    'INSERT OR REPLACE INTO listing (extraction_id, created_ms, attempt) VALUES (?, ?, ?)',
    ...[extractionId, createdMs, attempt],
  )
  return 0
}
