/** Calibrations: how right the probabilities of a run are on dev; and by which rules an extraction chose its triples. */
import type { Migration } from './migration.ts'

export const calibrations: Migration = {
  name: '0029-calibrations',
  sql: `
CREATE TABLE run_calibration (
  run_id TEXT PRIMARY KEY REFERENCES run ON DELETE CASCADE,
  checkpoint_epoch INTEGER NOT NULL,
  version INTEGER NOT NULL, -- of the way it is computed
  dev_sha256 TEXT NOT NULL, -- of words and gold
  computed_ms INTEGER NOT NULL,
  calibration TEXT NOT NULL CHECK (json_valid(calibration)) -- RunCalibration of evaluation/run-calibration.ts
) STRICT;
ALTER TABLE extraction ADD COLUMN precision REAL; -- that was asked for; null: the thresholds of the run
ALTER TABLE extraction ADD COLUMN remarks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks));
ALTER TABLE extraction ADD COLUMN rules TEXT CHECK (rules IS NULL OR json_valid(rules)); -- ExtractionRules of evaluation/extraction-rules.ts
ALTER TABLE extraction ADD COLUMN drift TEXT CHECK (drift IS NULL OR json_valid(drift)); -- Drift of evaluation/drift.ts
`,
}
