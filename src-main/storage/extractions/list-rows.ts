/**
 * Makes rows of the documents of an extraction, in slices of some milliseconds, since the thread that writes also answers the
 * window. Rows follow the documents; a kill in between loses none, since each slice says how far it came.
 */
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { Database } from '../database.ts'
import { createRowWriter } from './row-writer.ts'

/** Number of documents that are read at a time. */
const documentsAtOnce = 64

/** Number of triples after which what was counted is written: a few milliseconds of work. */
const triplesAtOnce = 48

interface Listed {
  readonly position: number
  readonly document: string
}

/**
 * Lists the documents that are not rows yet, some sentences at each step. A document that a kill cut short is listed from its beginning:
 * what it has already is left as it is. Whatever a step wrote must be kept, or nothing be done any more: the ids that it found are remembered.
 */
export function* listRows(database: Database, extractionId: number): Generator<void, void> {
  const writer = createRowWriter(database, extractionId)
  let waiting = 0
  for (let from = listedOf(database, extractionId); ;) {
    const documents = database.all<Listed>(
      `SELECT position, document FROM extraction_document WHERE extraction_id = ? AND position >= ?
       ORDER BY position LIMIT ?`,
      ...[extractionId, from, documentsAtOnce],
    )
    if (documents.length === 0) break
    for (const { position, document } of documents) {
      const { document: name, sentences } = JSON.parse(document) as ExtractedDocument // as it was stored
      writer.beginDocument(position, name)
      let passed = position === from ? writer.sentencesThere(position) : 0
      for (const sentence of sentences) {
        if (sentence.triples.length === 0 || passed-- > 0) continue
        writer.addSentence(position, sentence)
        waiting += sentence.triples.length
        if (waiting < triplesAtOnce) continue
        writer.flush()
        waiting = 0
        yield
      }
      writer.passDocuments(position + 1)
      from = position + 1
    }
    writer.flush()
    waiting = 0
    yield
  }
}

function listedOf(database: Database, extractionId: number): number {
  return (
    database.get<{ listed: number }>('SELECT listed FROM extraction WHERE extraction_id = ?', extractionId)?.listed ?? 0
  )
}
