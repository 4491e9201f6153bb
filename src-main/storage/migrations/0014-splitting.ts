/** Splitting: the rules by which the words and sentences of docs were found. Docs of older versions, and those whose file gives the words, have none. */
import type { Migration } from './migration.ts'

export const splitting: Migration = {
  name: '0014-splitting',
  sql: `CREATE TABLE splitting (
          splitting_id INTEGER PRIMARY KEY,
          language TEXT NOT NULL, -- a code of text/languages/languages.ts
          han TEXT NOT NULL CHECK (han IN ('characters', 'words')),
          rules INTEGER NOT NULL, -- version of the rules
          UNIQUE (language, han, rules)
        ) STRICT;
        ALTER TABLE doc ADD COLUMN splitting_id INTEGER REFERENCES splitting;
        DROP INDEX doc_corpus;
        CREATE INDEX doc_corpus ON doc (corpus_id, split, doc_id, splitting_id)`,
}
