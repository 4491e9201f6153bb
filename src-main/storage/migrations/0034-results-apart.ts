/** Rows of results move into a database of their own (`extractions/results-file.ts`), where they are made again from the documents. */
import type { Migration } from './migration.ts'

export const resultsApart: Migration = {
  name: '0034-results-apart',
  sql: `
DROP TABLE extracted_triple;
DROP TABLE extracted_pair;
DROP TABLE extracted_name;
DROP TABLE extracted_entity;
DROP TABLE extracted_sentence;
DROP TABLE extracted_document;
DROP TABLE extracted_relation;
DROP TABLE extracted_type;
DROP TABLE extracted_text;
DROP TABLE extracted_entity_text;
ALTER TABLE extraction DROP COLUMN listed;
ALTER TABLE extraction DROP COLUMN listed_triples;
ALTER TABLE extraction DROP COLUMN pairs;
ALTER TABLE extraction DROP COLUMN entities;
`,
}
