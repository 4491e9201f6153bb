/** Packages: sentences that were assigned to people, corpora that were opened from a package, and layers that came back in one. */
import type { Migration } from './migration.ts'

export const packages: Migration = {
  name: '0042-packages',
  sql: `
CREATE TABLE assignment (
  package_id TEXT PRIMARY KEY,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  person TEXT NOT NULL,
  manifest TEXT NOT NULL CHECK (json_valid(manifest)), -- a PackageManifest of document/assignment.ts
  merged TEXT CHECK (json_valid(merged)) -- the "returned" of the latest return that was merged; null before the first
) STRICT;
CREATE INDEX assignment_corpus ON assignment (corpus_id, person);

CREATE TABLE assigned_sentence (
  package_id TEXT NOT NULL,
  sentence_id INTEGER NOT NULL, -- of a sentence that may be gone by now
  digest TEXT NOT NULL, -- of its text and words when it was assigned
  PRIMARY KEY (package_id, sentence_id)
) STRICT, WITHOUT ROWID;

-- corpora that were opened from a package, which goes back to the workspace that wrote it
CREATE TABLE opened_package (
  corpus_id INTEGER PRIMARY KEY REFERENCES corpus,
  package_id TEXT NOT NULL,
  manifest TEXT NOT NULL CHECK (json_valid(manifest))
) STRICT;

-- package that a layer came in; null for one that a file gave
ALTER TABLE layer_annotation ADD COLUMN package_id TEXT;
`,
}
