/** Acts on many sentences that are done in parts, and what undo and redo ask of the log: neither may take longer the larger an act was. */
import type { Migration } from './migration.ts'

export const batchActs: Migration = {
  name: '0040-batch-acts',
  sql: `
-- acts that are under way; they are brought to their end whatever happens
CREATE TABLE batch_act (
  batch INTEGER PRIMARY KEY, -- of the operations that it writes
  corpus_id INTEGER NOT NULL UNIQUE REFERENCES corpus,
  author TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  description TEXT NOT NULL,
  renames TEXT CHECK (renames IN ('entity', 'relation')), -- kind of the type that is renamed; null where an act is replayed
  replays INTEGER, -- batch that is taken back or done again; null for a renaming
  is_undo INTEGER NOT NULL, -- 1 where that batch is taken back
  is_checked INTEGER NOT NULL, -- 0 while it may still turn out that it cannot be done: then it is forgotten
  reached INTEGER NOT NULL DEFAULT 0, -- sentence of a renaming, operation of the replayed batch, up to which it is done
  sentences INTEGER NOT NULL DEFAULT 0 -- number that it has changed
) STRICT;

-- unanchored triples that a renaming changed
CREATE TABLE renamed_triple (
  batch INTEGER NOT NULL, -- of label_change
  sentence_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (batch, sentence_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX renamed_triple_sentence ON renamed_triple (sentence_id);
INSERT INTO renamed_triple SELECT batch, value ->> 0, value ->> 1 FROM label_change, json_each(unanchored);
ALTER TABLE label_change DROP COLUMN unanchored;

-- operation that took this one back; null while it is in effect
ALTER TABLE operation ADD COLUMN undone_by INTEGER;
DROP TRIGGER operation_unchanged;
UPDATE operation SET undone_by = (SELECT max(operation_id) FROM operation AS later WHERE later.undoes = operation.operation_id)
  WHERE operation_id IN (SELECT undoes FROM operation WHERE undoes IS NOT NULL GROUP BY undoes HAVING count(*) % 2 = 1);
CREATE TRIGGER operation_undone AFTER INSERT ON operation WHEN new.undoes IS NOT NULL BEGIN
  UPDATE operation SET undone_by = CASE WHEN undone_by IS NULL THEN new.operation_id END WHERE operation_id = new.undoes;
END;
CREATE TRIGGER operation_unchanged
BEFORE UPDATE OF operation_id, corpus_id, sentence_id, author, at_ms, description, changes, undoes, is_imported, batch ON operation
WHEN NOT EXISTS (SELECT 1 FROM corpus WHERE corpus_id = old.corpus_id AND is_staging = 1) BEGIN
  SELECT raise(ABORT, 'the operation log is append-only');
END;
DROP INDEX operation_author;
CREATE INDEX operation_corpus ON operation (corpus_id);
CREATE INDEX operation_effect ON operation (corpus_id, author, undone_by) WHERE undoes IS NULL AND is_imported = 0;
CREATE INDEX operation_pace ON operation (corpus_id, author, at_ms) WHERE undoes IS NULL AND is_imported = 0 AND batch IS NULL;
`,
}
