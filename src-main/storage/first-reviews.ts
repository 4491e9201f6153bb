/** First reviews: who marked each sentence of a corpus as reviewed for the first time, and when, read from the log. */
import type { Database } from './database.ts'
import { isReviewing } from './pace.ts'

export interface FirstReview {
  readonly sentenceId: number
  readonly author: string
  readonly atMs: number
}

export function readFirstReviews(database: Database, corpusId: number): FirstReview[] {
  const acts = database.all<{ sentence_id: number; author: string; at_ms: number }>(
    // most operations are no reviews, and the search for the word spares parsing them
    `SELECT sentence_id, author, at_ms FROM operation
     WHERE corpus_id = ? AND is_imported = 0 AND undoes IS NULL AND instr(changes, '"review"') > 0 AND ${isReviewing}
     ORDER BY operation_id`,
    corpusId,
  )
  const first = new Map<number, FirstReview>()
  for (const { sentence_id: sentenceId, author, at_ms: atMs } of acts)
    if (!first.has(sentenceId)) first.set(sentenceId, { sentenceId, author, atMs })
  return [...first.values()]
}
