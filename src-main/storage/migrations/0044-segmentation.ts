/**
 * Words and sentences may be divided anew. A sentence that was joined with the one before it keeps its row, since the log names it: it
 * moves, as it is, to a corpus out of sight (`aside_of`), from which an undo brings it back.
 */
import type { Migration } from './migration.ts'

export const segmentation: Migration = {
  name: '0044-segmentation',
  sql: `
ALTER TABLE corpus ADD COLUMN aside_of INTEGER REFERENCES corpus; -- the corpus of which joined sentences lie here
ALTER TABLE corpus ADD COLUMN segmentations INTEGER NOT NULL DEFAULT 0; -- number of acts on its words and sentences
ALTER TABLE corpus ADD COLUMN renumbering INTEGER; -- split whose sentences are being numbered again; null mostly
CREATE UNIQUE INDEX corpus_aside ON corpus (aside_of) WHERE aside_of IS NOT NULL;
ALTER TABLE operation ADD COLUMN next_sentence_id INTEGER; -- sentence that was split off or joined; null for most
CREATE INDEX operation_next_sentence ON operation (next_sentence_id) WHERE next_sentence_id IS NOT NULL;
-- what was said of other words or sentences than those of now, until the act is taken back
CREATE TABLE set_aside (
  operation_id INTEGER NOT NULL, -- the first-hand act on words or sentences
  sentence_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('layer', 'system', 'prediction')),
  name TEXT NOT NULL, -- position of the layer, id of the system or run
  is_after INTEGER NOT NULL, -- 1 where it belongs to the words as the act left them
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (operation_id, is_after, kind, sentence_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX set_aside_sentence ON set_aside (sentence_id);
CREATE TRIGGER set_aside_run_erased AFTER DELETE ON run BEGIN
  DELETE FROM set_aside WHERE kind = 'prediction' AND name = old.run_id;
END;
CREATE TRIGGER set_aside_system_erased AFTER DELETE ON system BEGIN
  DELETE FROM set_aside WHERE kind = 'system' AND name = old.system_id;
END;
`,
}
