/** KnownIds: whether what a call names is in the workspace, by its id alone. */
import { AppError } from '#main/core/errors'
import type { Database } from './database.ts'

/** Each throws AppError 'not-found', in a sentence that says where to look, when there is nothing of this id. */
export interface KnownIds {
  /** A removed corpus is still there: it can be restored. */
  corpus(corpusId: number): void
  sentence(sentenceId: number): void
  run(runId: string): void
  extraction(extractionId: number): void
}

export function createKnownIds(database: Database): KnownIds {
  const check = (what: string, where: string, sql: string) => (id: number | string) => {
    if (!database.get(sql, id)) throw new AppError('not-found', `There is no ${what} ${id}. ${where}`)
  }
  return {
    corpus: check(
      'corpus',
      'Look at the list of corpora.',
      'SELECT 1 FROM corpus WHERE corpus_id = ? AND is_staging = 0',
    ),
    sentence: check(
      'sentence',
      'Open one from the list of its corpus.',
      'SELECT 1 FROM sentence JOIN corpus USING (corpus_id) WHERE sentence_id = ? AND is_staging = 0',
    ),
    run: check('run', 'Look at the list of runs.', 'SELECT 1 FROM run WHERE run_id = ?'),
    extraction: check(
      'extraction',
      'Look at the list of extractions.',
      'SELECT 1 FROM extraction WHERE extraction_id = ?',
    ),
  }
}
