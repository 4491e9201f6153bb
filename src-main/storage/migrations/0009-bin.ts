/**
 * The bin: a corpus or run that was removed belongs to one entry of it until it is restored or erased. Corpora that were
 * removed before there was a bin can be restored for thirty days from now on. Their runs stay where they are.
 */
import type { Migration } from './migration.ts'

export const bin: Migration = {
  name: '0009-bin',
  sql: `CREATE TABLE bin_entry (
          bin_id INTEGER PRIMARY KEY AUTOINCREMENT,
          removed_ms INTEGER NOT NULL,
          removed_by TEXT NOT NULL
        ) STRICT;
        ALTER TABLE corpus ADD COLUMN bin_id INTEGER REFERENCES bin_entry;
        ALTER TABLE run ADD COLUMN bin_id INTEGER REFERENCES bin_entry;
        INSERT INTO bin_entry (bin_id, removed_ms, removed_by)
          SELECT corpus_id, unixepoch() * 1000, '' FROM corpus WHERE removed_ms IS NOT NULL AND is_staging = 0;
        UPDATE corpus SET bin_id = corpus_id WHERE removed_ms IS NOT NULL AND is_staging = 0;
        DROP INDEX corpus_name;
        ALTER TABLE corpus DROP COLUMN removed_ms;
        CREATE UNIQUE INDEX corpus_name ON corpus (name) WHERE bin_id IS NULL AND is_staging = 0;
        -- runs that were erased while their checkpoints may still be on the disk
        CREATE TABLE erased_run (run_id TEXT PRIMARY KEY) STRICT;
        -- erasing a sentence looks for predictions of it
        CREATE INDEX prediction_sentence ON prediction (sentence_id)`,
}
