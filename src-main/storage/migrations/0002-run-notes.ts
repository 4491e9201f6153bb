/** Run notes: messages of a run while it ran, kept with it as a list of sentences. */
import type { Migration } from './migration.ts'

export const runNotes: Migration = {
  name: '0002-run-notes',
  sql: `ALTER TABLE run ADD COLUMN notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes))`,
}
