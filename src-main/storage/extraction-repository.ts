/** ExtractionRepository: the triples found in texts, document by document, so that a stopped extraction keeps what it has. */
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import type { Database } from './database.ts'

export interface ExtractionRepository {
  create(extraction: Pick<ExtractionSummary, 'runId' | 'runName' | 'createdMs'>): number
  addDocument(extractionId: number, document: ExtractedDocument): void
  finish(extractionId: number, status: Exclude<ExtractionSummary['status'], 'running'>): void
  /** All extractions, latest first, each with the name that its run has now, or had last. */
  list(): ExtractionSummary[]
  /** Documents of an extraction, in the order in which they were extracted. */
  documents(extractionId: number, offset: number, limit: number): ExtractedDocument[]
  /** Marks as `failed` the extractions that were running when the program ended. */
  markInterrupted(): void
}

type SummaryRow = Omit<ExtractionSummary, 'isRunRemoved'> & { readonly isRunRemoved: number }

export function createExtractionRepository(database: Database): ExtractionRepository {
  return {
    create: ({ runId, runName, createdMs }) =>
      database.run(
        `INSERT INTO extraction (run_id, run_name, status, created_ms) VALUES (?, ?, 'running', ?)`,
        ...[runId, runName, createdMs],
      ).lastId,
    addDocument: (extractionId, document) =>
      database.transaction(() => {
        const triples = document.sentences.reduce((sum, sentence) => sum + sentence.triples.length, 0)
        database.run(
          `INSERT INTO extraction_document (extraction_id, position, document)
           VALUES (?, (SELECT documents FROM extraction WHERE extraction_id = ?), ?)`,
          ...[extractionId, extractionId, JSON.stringify(document)],
        )
        database.run(
          `UPDATE extraction SET documents = documents + 1, sentences = sentences + ?, triples = triples + ?,
             failures = failures + ? WHERE extraction_id = ?`,
          ...[document.sentences.length, triples, document.failure === null ? 0 : 1, extractionId],
        )
      }),
    finish: (extractionId, status) =>
      void database.run('UPDATE extraction SET status = ? WHERE extraction_id = ?', status, extractionId),
    list: () =>
      database
        .all<SummaryRow>(
          `SELECT extraction_id AS extractionId, run_id AS runId,
             coalesce((SELECT name FROM run WHERE run.run_id = extraction.run_id), run_name) AS runName, status, documents, sentences,
             triples, failures, created_ms AS createdMs,
             NOT EXISTS (SELECT 1 FROM run WHERE run.run_id = extraction.run_id AND bin_id IS NULL) AS isRunRemoved
           FROM extraction ORDER BY extraction_id DESC`,
        )
        .map((row) => ({ ...row, isRunRemoved: row.isRunRemoved === 1 })),
    documents: (extractionId, offset, limit) =>
      database
        .all<{ document: string }>(
          'SELECT document FROM extraction_document WHERE extraction_id = ? ORDER BY position LIMIT ? OFFSET ?',
          ...[extractionId, limit, offset],
        )
        .map(({ document }) => JSON.parse(document) as ExtractedDocument), // written by addDocument alone
    markInterrupted: () => void database.run(`UPDATE extraction SET status = 'failed' WHERE status = 'running'`),
  }
}
