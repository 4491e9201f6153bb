/**
 * The full-text index takes in the sentences of an import when all are stored, many at a time, which costs half of taking in
 * each by itself. `indexed_to` of a corpus is the id of the last sentence in the index; null says that all are in it.
 */
import type { Migration } from './migration.ts'

const indexedTo = (sentence: 'new' | 'old') => `(SELECT indexed_to FROM corpus WHERE corpus_id = ${sentence}.corpus_id)`

export const stagedIndex: Migration = {
  name: '0012-staged-index',
  sql: `
ALTER TABLE corpus ADD COLUMN indexed_to INTEGER;
DROP TRIGGER sentence_indexed;
DROP TRIGGER sentence_forgotten;
CREATE TRIGGER sentence_indexed AFTER INSERT ON sentence WHEN ${indexedTo('new')} IS NULL BEGIN
  INSERT INTO sentence_text (rowid, text) VALUES (new.sentence_id, new.text);
END;
CREATE TRIGGER sentence_forgotten AFTER DELETE ON sentence
WHEN old.sentence_id <= coalesce(${indexedTo('old')}, old.sentence_id) BEGIN
  INSERT INTO sentence_text (sentence_text, rowid, text) VALUES ('delete', old.sentence_id, old.text);
END;
`,
}
