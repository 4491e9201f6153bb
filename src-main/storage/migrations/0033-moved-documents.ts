/** Moves between splits count their documents as these move: counting a million rows takes long on the thread that answers. */
import type { Migration } from './migration.ts'

export const movedDocuments: Migration = {
  name: '0033-moved-documents',
  sql: `
ALTER TABLE split_act ADD COLUMN documents INTEGER NOT NULL DEFAULT 0; -- number that changed their split, once it is done
UPDATE split_act SET documents = (SELECT count(*) FROM split_move WHERE split_move.act_id = split_act.act_id)
  WHERE state IN ('done', 'undone');
`,
}
