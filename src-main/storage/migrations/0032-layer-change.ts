/** Layer changes: the annotation of layers before a label of their corpus was renamed, for the undo. */
import type { Migration } from './migration.ts'

export const layerChange: Migration = {
  name: '0032-layer-change',
  sql: `CREATE TABLE layer_change (
          batch INTEGER NOT NULL, -- of label_change
          sentence_id INTEGER NOT NULL,
          position INTEGER NOT NULL,
          other TEXT NOT NULL CHECK (json_valid(other)), -- the layer before the renaming, or after it while it is taken back
          PRIMARY KEY (batch, sentence_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX layer_change_sentence ON layer_change (sentence_id)`,
}
