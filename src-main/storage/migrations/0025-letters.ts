/**
 * Sentences in scripts that set no words apart stand in a second full-text index too, divided letter by letter, so that part of a
 * word is found. The first index is left as it is. The function `divided` is `dividedText` of text/divided.ts.
 */
import type { Migration } from './migration.ts'

const insert = (sentences: string): string => `
  INSERT INTO sentence_letters (rowid, text)
    SELECT sentence_id, letters FROM (${sentences}) WHERE letters IS NOT NULL;`

export const letters: Migration = {
  name: '0025-letters',
  sql: `
CREATE VIRTUAL TABLE sentence_letters USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
${insert('SELECT sentence_id, divided(text) AS letters FROM sentence')}
DROP TRIGGER sentence_indexed;
CREATE TRIGGER sentence_indexed AFTER INSERT ON sentence
WHEN (SELECT indexed_to FROM corpus WHERE corpus_id = new.corpus_id) IS NULL BEGIN
  INSERT INTO sentence_text (rowid, text) VALUES (new.sentence_id, new.text);
  ${insert('SELECT new.sentence_id AS sentence_id, divided(new.text) AS letters')}
END;
CREATE TRIGGER sentence_letters_forgotten AFTER DELETE ON sentence BEGIN
  DELETE FROM sentence_letters WHERE rowid = old.sentence_id;
END;
`,
}
