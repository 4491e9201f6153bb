/** Layers: what further annotators and systems of an imported file say of its sentences, beside the annotation that is edited. */
import type { Migration } from './migration.ts'

export const layers: Migration = {
  name: '0016-layers',
  sql: `CREATE TABLE layer (
          layer_id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL, -- a LayerKind of document/layer.ts
          name TEXT NOT NULL,
          UNIQUE (kind, name)
        ) STRICT;
        CREATE TABLE layer_annotation (
          sentence_id INTEGER NOT NULL REFERENCES sentence,
          position INTEGER NOT NULL, -- order of the layers of a sentence
          layer_id INTEGER NOT NULL REFERENCES layer,
          annotation TEXT NOT NULL CHECK (json_valid(annotation)), -- a SentenceAnnotation of document/annotated-doc.ts
          PRIMARY KEY (sentence_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX layer_annotation_layer ON layer_annotation (layer_id, sentence_id)`,
}
