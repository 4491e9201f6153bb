/** Evaluations: what the kept weights of a run scored on a split, with which thresholds, and on which gold. */
import type { Migration } from './migration.ts'

export const evaluations: Migration = {
  name: '0010-evaluations',
  sql: `CREATE TABLE evaluation (
          evaluation_id INTEGER PRIMARY KEY,
          run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
          split INTEGER NOT NULL CHECK (split BETWEEN 0 AND 2),
          checkpoint_epoch INTEGER NOT NULL,
          thresholds TEXT NOT NULL CHECK (json_valid(thresholds)), -- Thresholds of evaluation/evaluation.ts
          scorer INTEGER NOT NULL, -- the version of the scoring that computed the figures
          predicted_ms INTEGER, -- null where the predictions are older than this table
          scored_ms INTEGER NOT NULL,
          digests BLOB NOT NULL, -- of words and gold, eight bytes for each sentence of the split in order
          evaluation TEXT NOT NULL CHECK (json_valid(evaluation)),
          spread TEXT CHECK (spread IS NULL OR json_valid(spread))
        ) STRICT;
        CREATE INDEX evaluation_run ON evaluation (run_id, split, checkpoint_epoch)`,
}
