/** Check samples: triples of an extraction that were drawn for a person to judge; and what rows of triples say of their worth. */
import type { Migration } from './migration.ts'

export const checkSamples: Migration = {
  name: '0031-check-samples',
  sql: `
ALTER TABLE extracted_triple ADD COLUMN calibrated REAL; -- null where the run was not calibrated
ALTER TABLE extracted_triple ADD COLUMN plausibility TEXT; -- null where the spans have no types
CREATE TABLE check_sample (
  sample_id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL REFERENCES extraction ON DELETE CASCADE,
  seed INTEGER NOT NULL,
  by_relation INTEGER NOT NULL,
  population TEXT NOT NULL CHECK (json_valid(population)), -- number of triples by relation type that it was drawn from
  created_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX check_sample_extraction ON check_sample (extraction_id);
CREATE TABLE check_item (
  sample_id INTEGER NOT NULL REFERENCES check_sample ON DELETE CASCADE,
  position INTEGER NOT NULL, -- in the order of the draw
  document_position INTEGER NOT NULL, -- of its document in the extraction
  relation TEXT NOT NULL,
  subject_start INTEGER NOT NULL,
  subject_end INTEGER NOT NULL,
  object_start INTEGER NOT NULL,
  object_end INTEGER NOT NULL,
  item TEXT NOT NULL CHECK (json_valid(item)), -- SampledTriple of evaluation/check-sample.ts
  verdict TEXT, -- null while nobody has judged it
  judged_by TEXT,
  judged_ms INTEGER,
  PRIMARY KEY (sample_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_item_place ON check_item (sample_id, document_position, subject_start) WHERE verdict IS NOT NULL;
`,
}
