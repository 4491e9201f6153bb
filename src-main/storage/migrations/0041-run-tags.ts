/** Run tags: short words by which people find runs again, as a JSON list. */
import type { Migration } from './migration.ts'

export const runTags: Migration = {
  name: '0041-run-tags',
  sql: `ALTER TABLE run ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'`,
}
