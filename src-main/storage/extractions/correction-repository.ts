/** CorrectionRepository: what corpora know of results: sentences that were taken out of them, and how many objects relations have. */
import type { SentenceOrigin } from '#main/document/sentence-origin'
import { normalised, textHash } from '#main/text/likeness'
import type { Database } from '../database.ts'

export interface CorrectionRepository {
  /** The sentence of a corpus that has this text; null where none has. */
  findText(corpusId: number, text: string): number | null
  /** Finds the extraction and document that a sentence was taken out of; null for one that came otherwise. */
  origin(sentenceId: number): SentenceOrigin | null
  /** Tells whether it is known how many objects the relations of a run have in its training data. */
  knowsFunctional(runId: string): boolean
  /** @param shares of subjects in two or more sentences, those with one object; null where such subjects are few. */
  keepFunctional(runId: string, shares: ReadonlyMap<string, number | null>): void
}

export function createCorrectionRepository(database: Database): CorrectionRepository {
  return {
    findText: (corpusId, text) =>
      database.get<{ id: number }>(
        `SELECT sentence_id AS id FROM sentence
         WHERE corpus_id = ? AND loose_hash = ? AND exact_hash = ? AND text = ? ORDER BY sentence_id LIMIT 1`,
        ...[corpusId, textHash(normalised(text)), textHash(text), text],
      )?.id ?? null,
    origin(sentenceId) {
      const found = database.get<{ origin: string | null }>(
        `SELECT source_extra -> '$.extractedFrom' AS origin FROM sentence JOIN doc USING (doc_id) WHERE sentence_id = ?`,
        sentenceId,
      )
      return found?.origin ? (JSON.parse(found.origin) as SentenceOrigin) : null // as it was put there with the sentence
    },
    knowsFunctional: (runId) =>
      database.get('SELECT 1 FROM functional_relation WHERE run_id = ? LIMIT 1', runId) !== undefined,
    keepFunctional: (runId, shares) =>
      database.transaction(() => {
        for (const [relation, share] of shares)
          database.run('INSERT OR REPLACE INTO functional_relation VALUES (?, ?, ?)', runId, relation, share)
      }),
  }
}
