/** Statistics of a corpus are kept until it changes. */
import type { Migration } from './migration.ts'

export const keptStatistics: Migration = {
  name: '0018-kept-statistics',
  sql: `CREATE TABLE corpus_statistics (
          corpus_id INTEGER PRIMARY KEY REFERENCES corpus ON DELETE CASCADE,
          statistics TEXT NOT NULL CHECK (json_valid(statistics)), -- CorpusStatistics of api/corpora.ts
          changes INTEGER NOT NULL, -- of the corpus when they were computed
          computed_ms INTEGER NOT NULL
        ) STRICT`,
}
