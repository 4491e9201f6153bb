/** Spans that begin or end within a word: code points of the sentence's text, null for all others. */
import type { Migration } from './migration.ts'

export const charBounds: Migration = {
  name: '0007-char-bounds',
  sql: `ALTER TABLE span ADD COLUMN start_char INTEGER;
        ALTER TABLE span ADD COLUMN end_char INTEGER`,
}
