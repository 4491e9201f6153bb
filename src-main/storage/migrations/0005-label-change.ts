/** A label that was renamed or merged in a whole corpus: the label set before and after, and the unanchored triples that followed. */
import type { Migration } from './migration.ts'

export const labelChange: Migration = {
  name: '0005-label-change',
  sql: `CREATE TABLE label_change (
          batch INTEGER PRIMARY KEY,
          corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
          labels_before TEXT NOT NULL CHECK (json_valid(labels_before)),
          labels_after TEXT NOT NULL CHECK (json_valid(labels_after)),
          type_before TEXT NOT NULL,
          type_after TEXT NOT NULL,
          unanchored TEXT NOT NULL CHECK (json_valid(unanchored)) -- [[sentence_id, position], ...]
        ) STRICT`,
}
