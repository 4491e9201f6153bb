/**
 * Notes and flags on single spans and relations. A sentence knows how many of its items are flagged, so that the queue
 * of flagged sentences is read from the one index that lists are read from.
 */
import type { Migration } from './migration.ts'

export const itemRemarks: Migration = {
  name: '0006-item-remarks',
  sql: `ALTER TABLE span ADD COLUMN note TEXT NOT NULL DEFAULT '';
        ALTER TABLE span ADD COLUMN is_flagged INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE relation ADD COLUMN note TEXT NOT NULL DEFAULT '';
        ALTER TABLE relation ADD COLUMN is_flagged INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sentence ADD COLUMN flagged_items INTEGER NOT NULL DEFAULT 0;
        DROP INDEX sentence_filter;
        CREATE INDEX sentence_filter ON sentence
          (corpus_id, split, position, is_reviewed, is_flagged, overlap, triple_count, span_count, flagged_items)`,
}
