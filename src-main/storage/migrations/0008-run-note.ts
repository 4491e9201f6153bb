/** Run note: the text that people write about a run, apart from its own messages. */
import type { Migration } from './migration.ts'

export const runNote: Migration = {
  name: '0008-run-note',
  sql: `ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT ''`,
}
