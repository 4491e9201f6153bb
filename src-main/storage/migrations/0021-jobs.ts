/** Long work that outlives the program: what is to be done, how far it is, and how it ended. */
import type { Migration } from './migration.ts'

export const jobs: Migration = {
  name: '0021-jobs',
  sql: `
CREATE TABLE job (
  job_id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  spec TEXT NOT NULL CHECK (json_valid(spec)),
  cursor TEXT NOT NULL CHECK (json_valid(cursor)), -- written in one transaction with what was done
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'paused', 'interrupted', 'finished', 'failed', 'cancelled')),
  place INTEGER NOT NULL, -- order of those that wait
  done REAL NOT NULL DEFAULT 0,
  total REAL,
  notes TEXT NOT NULL CHECK (json_valid(notes)),
  failure TEXT,
  created_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  worked_ms REAL NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX job_state ON job (state, place);
`,
}
