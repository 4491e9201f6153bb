/** An import that moves into a corpus a part at a time knows where it goes, so that a kill in between is made up for. */
import type { Migration } from './migration.ts'

/** The column holds a Publishing of `publish.ts`. */
export const publishing: Migration = {
  name: '0011-publishing',
  sql: 'ALTER TABLE corpus ADD COLUMN publishing TEXT CHECK (publishing IS NULL OR json_valid(publishing))',
}
