/**
 * Scores by which queues are ordered, kept beside the predictions. Those of an older workspace are computed when a queue first
 * asks for them.
 */
import type { Migration } from './migration.ts'

export const predictionScores: Migration = {
  name: '0017-prediction-scores',
  sql: `
-- distance of the least certain open suggestion from 0.5; null without any, and where the sentence is reviewed
ALTER TABLE prediction ADD COLUMN distance REAL;
-- stamp of the thresholds that it was computed with; 0 where the sentence has changed since
ALTER TABLE prediction ADD COLUMN scored_as INTEGER NOT NULL DEFAULT 0;
CREATE INDEX prediction_distance ON prediction (run_id, scored_as, distance, sentence_id);
CREATE TABLE disagreement (
  sentence_id INTEGER NOT NULL,
  run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  against_run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE, -- after run_id in the alphabet
  items INTEGER NOT NULL, -- number of items that exactly one of the runs finds
  PRIMARY KEY (sentence_id, run_id, against_run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disagreement_order ON disagreement (run_id, against_run_id, items DESC, sentence_id);
CREATE INDEX disagreement_against ON disagreement (against_run_id);
-- how far two runs were compared
CREATE TABLE compared_runs (
  run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  against_run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  stamp INTEGER NOT NULL, -- of the thresholds of both
  last_rowid INTEGER NOT NULL, -- predictions with higher numbers came later
  PRIMARY KEY (run_id, against_run_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER prediction_forgotten AFTER DELETE ON prediction BEGIN
  DELETE FROM disagreement
    WHERE sentence_id = old.sentence_id AND (run_id = old.run_id OR against_run_id = old.run_id);
  UPDATE compared_runs SET last_rowid = old.rowid - 1
    WHERE (run_id = old.run_id OR against_run_id = old.run_id) AND last_rowid >= old.rowid;
END;
`,
}
