/** Extractions are done by jobs, which can go on after the program ended; equal documents are found by their digest. */
import type { Migration } from './migration.ts'

export const extractionJobs: Migration = {
  name: '0028-extraction-jobs',
  sql: `
ALTER TABLE extraction ADD COLUMN job_id INTEGER; -- null: made before there were jobs; may be gone
ALTER TABLE extraction ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE extraction ADD COLUMN output TEXT; -- path of the file that it is written to as well
CREATE INDEX extraction_job ON extraction (job_id);
ALTER TABLE extraction_document ADD COLUMN digest BLOB; -- of its words; null where it could not be read
CREATE INDEX extraction_digest ON extraction_document (extraction_id, digest) WHERE digest IS NOT NULL;
CREATE TRIGGER job_forgotten BEFORE DELETE ON job BEGIN
  UPDATE extraction SET status = OLD.state WHERE job_id = OLD.job_id;
END;
`,
}
