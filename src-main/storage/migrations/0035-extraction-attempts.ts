/** Extractions count how often they began again, so that rows made from the documents of a former attempt are known as such. */
import type { Migration } from './migration.ts'

export const extractionAttempts: Migration = {
  name: '0035-extraction-attempts',
  sql: `
ALTER TABLE extraction ADD COLUMN attempt INTEGER NOT NULL DEFAULT 0; -- grows whenever its documents are removed
`,
}
