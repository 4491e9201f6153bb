/** Problems that an import met stay with its corpus: thousands of them as they are, all of them counted by file and kind. */
import type { Migration } from './migration.ts'

export const importProblems: Migration = {
  name: '0026-import-problems',
  sql: `
CREATE TABLE import_problem (
  problem_id INTEGER PRIMARY KEY,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  file TEXT NOT NULL,
  line INTEGER, -- line or record; null for a problem of the whole file
  severity TEXT NOT NULL,
  kind TEXT NOT NULL,
  message TEXT NOT NULL,
  sentence_id INTEGER -- first sentence of the record; it may be gone
) STRICT;
CREATE INDEX import_problem_corpus ON import_problem (corpus_id, severity, kind, file);
CREATE TABLE problem_count (
  count_id INTEGER PRIMARY KEY,
  corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
  file TEXT NOT NULL,
  severity TEXT NOT NULL,
  kind TEXT NOT NULL,
  problems INTEGER NOT NULL
) STRICT;
CREATE INDEX problem_count_corpus ON problem_count (corpus_id);
`,
}
