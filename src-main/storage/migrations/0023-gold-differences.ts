/**
 * Predictions keep how gold differs from them and how certain they are, so that lists are filtered by an index; how many a run has in
 * a corpus is counted. What was stored before is compared when a list first asks for it.
 */
import type { Migration } from './migration.ts'

const corpusOf = (row: 'new' | 'old'): string => `FROM sentence WHERE sentence_id = ${row}.sentence_id`
const addOne = (row: 'new' | 'old', sign: '' | '-'): string => `
  INSERT INTO prediction_count (run_id, corpus_id, predictions, differing, changes)
    SELECT ${row}.run_id, corpus_id, ${sign}1, ${sign}(coalesce(${row}.differences, 0) > 0), 1 ${corpusOf(row)}
    ON CONFLICT DO UPDATE SET predictions = predictions + excluded.predictions,
      differing = differing + excluded.differing, changes = changes + 1;`

export const goldDifferences: Migration = {
  name: '0023-gold-differences',
  sql: `
-- number of triples that exactly one of gold and the prediction holds
ALTER TABLE prediction ADD COLUMN differences INTEGER;
-- lowest probability among what the prediction finds; null when it finds nothing
ALTER TABLE prediction ADD COLUMN confidence REAL;
CREATE INDEX prediction_gold ON prediction (run_id, sentence_id, scored_as, differences, confidence);
CREATE TABLE prediction_count (
  run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
  predictions INTEGER NOT NULL,
  differing INTEGER NOT NULL, -- of the predictions, those that gold differs from
  changes INTEGER NOT NULL, -- grows with every change of a prediction or of its scores
  PRIMARY KEY (run_id, corpus_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX prediction_count_corpus ON prediction_count (corpus_id);
INSERT INTO prediction_count (run_id, corpus_id, predictions, differing, changes)
  SELECT run_id, corpus_id, count(*), 0, 1 FROM prediction JOIN sentence USING (sentence_id) GROUP BY run_id, corpus_id;
CREATE TRIGGER prediction_counted AFTER INSERT ON prediction BEGIN ${addOne('new', '')} END;
-- a row that is replaced fires no trigger of its deletion
CREATE TRIGGER prediction_replaced BEFORE INSERT ON prediction
WHEN EXISTS (SELECT 1 FROM prediction WHERE run_id = new.run_id AND sentence_id = new.sentence_id) BEGIN
  UPDATE prediction_count SET predictions = predictions - 1, differing = differing -
      (SELECT coalesce(differences, 0) > 0 FROM prediction WHERE run_id = new.run_id AND sentence_id = new.sentence_id)
    WHERE run_id = new.run_id AND corpus_id = (SELECT corpus_id ${corpusOf('new')});
END;
CREATE TRIGGER prediction_uncounted AFTER DELETE ON prediction
WHEN EXISTS (SELECT 1 FROM run WHERE run_id = old.run_id) BEGIN ${addOne('old', '-')} END;
CREATE TRIGGER prediction_compared AFTER UPDATE OF scored_as, differences, confidence ON prediction BEGIN
  UPDATE prediction_count
    SET differing = differing + (coalesce(new.differences, 0) > 0) - (coalesce(old.differences, 0) > 0),
      changes = changes + 1
    WHERE run_id = new.run_id AND corpus_id = (SELECT corpus_id ${corpusOf('new')});
END;
`,
}
