/** Sentences are flagged whose annotation does not fit the label set, and those with ambiguous anchors stand in an index. */
import type { Migration } from './migration.ts'

export const violations: Migration = {
  name: '0027-violations',
  sql: `
ALTER TABLE sentence ADD COLUMN is_violating INTEGER NOT NULL DEFAULT 0;
ALTER TABLE corpus ADD COLUMN checked_as TEXT; -- label set and number of sentences at the last check of all; null before the first
CREATE INDEX sentence_violating ON sentence (corpus_id, split, position) WHERE is_violating = 1;
CREATE INDEX sentence_ambiguous ON sentence (corpus_id, split, position, ambiguous_anchors) WHERE ambiguous_anchors > 0;
CREATE INDEX span_rounded ON span (sentence_id) WHERE start_char IS NOT NULL;
-- words of each split, for the estimate of a run: texts never change once they are imported
CREATE TABLE corpus_words (
  corpus_id INTEGER PRIMARY KEY REFERENCES corpus ON DELETE CASCADE,
  state TEXT NOT NULL, -- which sentences stood in which split
  counts TEXT NOT NULL CHECK (json_valid(counts)),
  vocabulary TEXT NOT NULL CHECK (json_valid(vocabulary))
) STRICT;
`,
}
