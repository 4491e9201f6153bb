/** Suggestion sources: who suggests in a corpus, how the types of runs of other corpora are taken there, and sets of rules. */
import type { Migration } from './migration.ts'

export const suggestionSources: Migration = {
  name: '0043-suggestion-sources',
  sql: `
CREATE TABLE suggestion_choice (
  corpus_id INTEGER PRIMARY KEY REFERENCES corpus,
  source TEXT NOT NULL CHECK (json_valid(source)) -- a SuggestionSource of document/suggestion-source.ts, or null for none
) STRICT;
CREATE TABLE type_mapping (
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  run_id TEXT NOT NULL,
  mapping TEXT NOT NULL CHECK (json_valid(mapping)), -- a TypeMapping of document/type-mapping.ts
  PRIMARY KEY (corpus_id, run_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE rule_set (
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  name TEXT NOT NULL, -- of the layer that its matches are
  rules TEXT NOT NULL, -- as they were written
  PRIMARY KEY (corpus_id, name)
) STRICT, WITHOUT ROWID;
-- suggestions that an act on many sentences accepts or rejects; null for other acts
ALTER TABLE batch_act ADD COLUMN answers TEXT CHECK (json_valid(answers))`,
}
