/** Documents that moved to another split, act by act, so that each act can be taken back as a whole. */
import type { Migration } from './migration.ts'

export const splitActs: Migration = {
  name: '0019-split-acts',
  sql: `
CREATE TABLE split_act (
  act_id INTEGER PRIMARY KEY AUTOINCREMENT,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  author TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  description TEXT NOT NULL,
  sentences INTEGER NOT NULL DEFAULT 0, -- number that changed their split, once it is done
  undoes INTEGER REFERENCES split_act, -- the act that this one takes back
  -- planned: its documents are still being listed; moving: it is brought to its end whatever happens
  state TEXT NOT NULL CHECK (state IN ('planned', 'moving', 'done', 'undone'))
) STRICT;
CREATE INDEX split_act_corpus ON split_act (corpus_id, state, act_id);
CREATE TABLE split_move (
  act_id INTEGER NOT NULL REFERENCES split_act,
  doc_id INTEGER NOT NULL,
  split_before INTEGER NOT NULL CHECK (split_before BETWEEN 0 AND 2),
  split_after INTEGER NOT NULL CHECK (split_after BETWEEN 0 AND 2),
  PRIMARY KEY (act_id, doc_id)
) STRICT, WITHOUT ROWID;
`,
}
