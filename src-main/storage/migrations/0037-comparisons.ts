/** Comparisons under names, each with what is compared and how it is shown. */
import type { Migration } from './migration.ts'

export const comparisons: Migration = {
  name: '0037-comparisons',
  sql: `CREATE TABLE comparison (
          comparison_id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          view TEXT NOT NULL CHECK (json_valid(view)), -- a ComparisonView of comparison/saved-comparison.ts
          saved_ms INTEGER NOT NULL,
          is_removed INTEGER NOT NULL DEFAULT 0 -- can be brought back until the workspace is closed
        ) STRICT;
        CREATE UNIQUE INDEX comparison_name ON comparison (name) WHERE is_removed = 0`,
}
