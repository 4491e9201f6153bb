/** Experiments that were planned: a name, the corpus, the plan, and of each run the trial that it belongs to. */
import type { Migration } from './migration.ts'

export const experiments: Migration = {
  name: '0039-experiments',
  sql: `
ALTER TABLE experiment ADD COLUMN name TEXT; -- null where runs were started without a plan
ALTER TABLE experiment ADD COLUMN corpus_id INTEGER;
ALTER TABLE experiment ADD COLUMN plan TEXT;
ALTER TABLE run ADD COLUMN trial INTEGER; -- place of its trial in the plan
CREATE UNIQUE INDEX experiment_name ON experiment (corpus_id, name);
`,
}
