/** Evaluations keep the counts of every sentence, from which two runs are tested. Those of before have none until they are scored again. */
import type { Migration } from './migration.ts'

export const sentenceCounts: Migration = {
  name: '0036-sentence-counts',
  sql: `
ALTER TABLE evaluation ADD COLUMN counts TEXT CHECK (counts IS NULL OR json_valid(counts)); -- match mode to base64 of packed SentenceCounts
`,
}
