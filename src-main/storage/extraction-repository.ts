/** ExtractionRepository: the triples found in texts, document by document, so that a stopped extraction keeps what it has. */
import type { ExtractedDocument, ExtractionSummary } from '#main/document/extracted-document'
import type { Drift } from '#main/evaluation/drift'
import type { ExtractionRules } from '#main/evaluation/extraction-rules'
import type { Database } from './database.ts'

export type NewExtraction = Pick<ExtractionSummary, 'runId' | 'runName' | 'title' | 'output' | 'createdMs'> &
  Partial<Pick<ExtractionSummary, 'precision'>>

/** A document, and what tells that another one has the same words; null where it could not be read. */
export interface DigestedDocument {
  readonly document: ExtractedDocument
  readonly digest: Uint8Array | null
}

export interface DocumentPage {
  readonly offset: number
  readonly limit: number
}

export interface ExtractionRepository {
  create(extraction: NewExtraction): number
  /** Keeps by what it chooses its triples. */
  keepRules(extractionId: number, rules: ExtractionRules): void
  /** Keeps what its texts turned out to be like, and all remarks on it. */
  keepDrift(extractionId: number, drift: Drift | null, remarks: readonly string[]): void
  /** Null before it chose any. */
  rules(extractionId: number): { readonly rules: ExtractionRules; readonly drift: Drift | null } | null
  /** Names the job that does the extraction. */
  assignJob(extractionId: number, jobId: number): void
  /** Adds documents behind those that are there. */
  addDocuments(extractionId: number, documents: readonly DigestedDocument[]): void
  /** Forgets the documents of an extraction that found nothing in any of them. */
  clear(extractionId: number): void
  /** The document of the same words that was extracted before; null when there is none. */
  findEqual(extractionId: number, digest: Uint8Array): ExtractedDocument | null
  /** Undefined when there is none. */
  find(extractionId: number): ExtractionSummary | undefined
  /** All extractions, latest first, each with the name that its run has now, or had last. */
  list(): ExtractionSummary[]
  /** Documents of an extraction, in the order in which they were extracted. */
  documents(extractionId: number, offset: number, limit: number): ExtractedDocument[]
  /** The same as they are stored, as JSON, but no more of them than `characters`, or one. */
  documentTexts(extractionId: number, page: DocumentPage, characters: number): string[]
  /** Notes on how the first document was read. */
  notes(extractionId: number): readonly string[]
  /** Those of them that could not be read, behind a position; `last` is where the next ones begin behind. */
  failures(
    extractionId: number,
    after: number | null,
    limit: number,
  ): { readonly documents: ExtractedDocument[]; readonly last: number | null }
  /** Marks as `failed` the extractions without a job that were running when the program ended. */
  markInterrupted(): void
}

type SummaryRow = Omit<ExtractionSummary, 'isRunRemoved' | 'remarks'> & {
  readonly isRunRemoved: number
  readonly remarks: string
}

const summaries = `SELECT extraction_id AS extractionId, run_id AS runId,
    coalesce((SELECT name FROM run WHERE run.run_id = extraction.run_id), run_name) AS runName,
    extraction.title, output, job.job_id AS jobId, CASE WHEN coalesce(job.state, status) = 'finished' AND documents > 0 AND failures = documents THEN 'failed'
      ELSE coalesce(job.state, status) END AS status, job.failure,
    documents, sentences, triples, failures, precision, remarks, extraction.created_ms AS createdMs,
    NOT EXISTS (SELECT 1 FROM run WHERE run.run_id = extraction.run_id AND bin_id IS NULL) AS isRunRemoved
  FROM extraction LEFT JOIN job ON job.job_id = extraction.job_id`

export function createExtractionRepository(database: Database): ExtractionRepository {
  return {
    create: ({ runId, runName, title, output, precision = null, createdMs }) =>
      database.run(
        `INSERT INTO extraction (run_id, run_name, status, title, output, precision, created_ms)
         VALUES (?, ?, 'queued', ?, ?, ?, ?)`,
        ...[runId, runName, title, output, precision, createdMs],
      ).lastId,
    keepRules: (extractionId, rules) =>
      void database.run(
        'UPDATE extraction SET rules = ?, remarks = ? WHERE extraction_id = ?',
        ...[JSON.stringify(rules), JSON.stringify(rules.remarks), extractionId],
      ),
    keepDrift: (extractionId, drift, remarks) =>
      void database.run(
        'UPDATE extraction SET drift = ?, remarks = ? WHERE extraction_id = ?',
        ...[drift && JSON.stringify(drift), JSON.stringify(remarks), extractionId],
      ),
    rules(extractionId) {
      const row = database.get<{ rules: string | null; drift: string | null }>(
        'SELECT rules, drift FROM extraction WHERE extraction_id = ?',
        extractionId,
      )
      if (!row || row.rules === null) return null
      return {
        rules: JSON.parse(row.rules) as ExtractionRules, // these two are written by keepRules and keepDrift alone
        drift: row.drift === null ? null : (JSON.parse(row.drift) as Drift),
      }
    },
    assignJob: (extractionId, jobId) =>
      void database.run('UPDATE extraction SET job_id = ? WHERE extraction_id = ?', jobId, extractionId),
    addDocuments: (extractionId, documents) => database.transaction(() => addAll(database, extractionId, documents)),
    clear: (extractionId) =>
      database.transaction(() => {
        database.run('DELETE FROM extraction_document WHERE extraction_id = ?', extractionId)
        database.run(
          'UPDATE extraction SET documents = 0, sentences = 0, failures = 0, attempt = attempt + 1 WHERE extraction_id = ?',
          extractionId,
        )
      }),
    findEqual(extractionId, digest) {
      const row = database.get<{ document: string }>(
        'SELECT document FROM extraction_document WHERE extraction_id = ? AND digest = ? LIMIT 1',
        ...[extractionId, digest],
      )
      return row ? (JSON.parse(row.document) as ExtractedDocument) : null // written by addDocuments alone
    },
    find(extractionId) {
      const row = database.get<SummaryRow>(`${summaries} WHERE extraction_id = ?`, extractionId)
      return row && toSummary(row)
    },
    list: () => database.all<SummaryRow>(`${summaries} ORDER BY extraction_id DESC`).map(toSummary),
    documents: (extractionId, offset, limit) =>
      database
        .all<{ document: string }>(
          'SELECT document FROM extraction_document WHERE extraction_id = ? AND position >= ? ORDER BY position LIMIT ?',
          ...[extractionId, offset, limit],
        )
        .map(({ document }) => JSON.parse(document) as ExtractedDocument), // written by addDocuments alone
    documentTexts(extractionId, { offset, limit }, characters) {
      const documents: string[] = []
      let length = 0
      for (let position = offset; position < offset + limit && length < characters; position++) {
        const row = database.get<{ document: string }>(
          'SELECT document FROM extraction_document WHERE extraction_id = ? AND position = ?',
          ...[extractionId, position],
        )
        if (!row) break
        length += row.document.length
        documents.push(row.document)
      }
      return documents
    },
    notes(extractionId) {
      const row = database.get<{ notes: string | null }>(
        `SELECT document -> 'notes' AS notes FROM extraction_document WHERE extraction_id = ? AND position = 0`,
        extractionId,
      )
      return row?.notes ? (JSON.parse(row.notes) as string[]) : [] // written by addDocuments alone
    },
    failures(extractionId, after, limit) {
      const rows = database.all<{ position: number; document: string }>(
        `SELECT position, document FROM extraction_document INDEXED BY extraction_failure
         WHERE extraction_id = ? AND digest IS NULL AND position > ? AND document ->> 'failure' IS NOT NULL
         ORDER BY position LIMIT ?`,
        ...[extractionId, after ?? -1, limit],
      )
      return {
        documents: rows.map(({ document }) => JSON.parse(document) as ExtractedDocument), // written by addDocuments alone
        last: rows.at(-1)?.position ?? after,
      }
    },
    markInterrupted: () =>
      void database.run(
        `UPDATE extraction SET status = 'failed' WHERE status IN ('running', 'queued') AND job_id IS NULL`,
      ),
  }
}

function addAll(database: Database, extractionId: number, documents: readonly DigestedDocument[]): void {
  const sums = { sentences: 0, triples: 0, failures: 0 }
  let position =
    database.get<{ documents: number }>('SELECT documents FROM extraction WHERE extraction_id = ?', extractionId)
      ?.documents ?? 0
  for (const { document, digest } of documents) {
    database.run(
      'INSERT INTO extraction_document (extraction_id, position, document, digest) VALUES (?, ?, ?, ?)',
      ...[extractionId, position++, JSON.stringify(document), digest],
    )
    sums.sentences += document.sentences.length
    for (const { triples } of document.sentences) sums.triples += triples.length
    if (document.failure !== null) sums.failures++
  }
  database.run(
    `UPDATE extraction SET documents = ?, sentences = sentences + ?, triples = triples + ?, failures = failures + ?
     WHERE extraction_id = ?`,
    ...[position, sums.sentences, sums.triples, sums.failures, extractionId],
  )
}

function toSummary(row: SummaryRow): ExtractionSummary {
  const remarks = JSON.parse(row.remarks) as string[] // written by keepRules and keepDrift alone
  return { ...row, remarks, isRunRemoved: row.isRunRemoved === 1 }
}
