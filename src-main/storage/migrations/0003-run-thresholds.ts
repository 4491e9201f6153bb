/** Thresholds that were tuned on dev are kept with their run; null where one threshold holds for all relation types. */
import type { Migration } from './migration.ts'

export const runThresholds: Migration = {
  name: '0003-run-thresholds',
  sql: `ALTER TABLE run ADD COLUMN thresholds TEXT CHECK (thresholds IS NULL OR json_valid(thresholds))`,
}
