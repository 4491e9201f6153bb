/** Systems: what others than the runs of a workspace predict for a split of a corpus, and what it scored. */
import type { Migration } from './migration.ts'

export const systems: Migration = {
  name: '0038-systems',
  sql: `CREATE TABLE system (
          system_id TEXT PRIMARY KEY,
          corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
          split INTEGER NOT NULL CHECK (split BETWEEN 0 AND 2),
          name TEXT NOT NULL,
          seed INTEGER, -- null where its runs are not told apart
          file_name TEXT NOT NULL,
          notes TEXT NOT NULL CHECK (json_valid(notes)), -- what reading the file had to note, as sentences
          created_ms INTEGER NOT NULL,
          scorer INTEGER NOT NULL, -- the version of the scoring that computed the figures
          digests BLOB NOT NULL, -- of words and gold, eight bytes for each sentence of the split in order
          evaluation TEXT NOT NULL CHECK (json_valid(evaluation)),
          counts TEXT NOT NULL CHECK (json_valid(counts)) -- match mode to base64 of packed SentenceCounts
        ) STRICT;
        CREATE UNIQUE INDEX system_name ON system (corpus_id, split, name, ifnull(seed, -1));
        CREATE TABLE system_prediction (
          system_id TEXT NOT NULL REFERENCES system ON DELETE CASCADE,
          sentence_id INTEGER NOT NULL,
          stated TEXT NOT NULL CHECK (json_valid(stated)), -- a StatedSentence of evaluation/stated-prediction.ts
          PRIMARY KEY (system_id, sentence_id)
        ) STRICT, WITHOUT ROWID`,
}
