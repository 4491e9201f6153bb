/** Filters of a corpus under names. */
import type { Migration } from './migration.ts'

export const savedFilters: Migration = {
  name: '0024-saved-filters',
  sql: `CREATE TABLE saved_filter (
          filter_id INTEGER PRIMARY KEY AUTOINCREMENT,
          corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
          name TEXT NOT NULL,
          filter TEXT NOT NULL CHECK (json_valid(filter)), -- a SentenceFilter
          run_name TEXT, -- name that the run of the filter had when it was saved
          is_removed INTEGER NOT NULL DEFAULT 0 -- can be brought back until the workspace is closed
        ) STRICT;
        CREATE UNIQUE INDEX saved_filter_name ON saved_filter (corpus_id, name) WHERE is_removed = 0`,
}
