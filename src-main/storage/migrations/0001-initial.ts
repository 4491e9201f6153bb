/** The first schema: corpora with their annotations and log, runs with their points and predictions, extractions. */
import type { Migration } from './migration.ts'

const provenance = `
  origin TEXT NOT NULL,
  author TEXT NOT NULL,
  confidence REAL`

export const initial: Migration = {
  name: '0001-initial',
  sql: `
CREATE TABLE corpus (
  corpus_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  labels TEXT NOT NULL CHECK (json_valid(labels)), -- a LabelSet
  created_ms INTEGER NOT NULL,
  removed_ms INTEGER, -- out of sight since; restore sets it back to null
  is_staging INTEGER NOT NULL DEFAULT 0 -- an import on its way; never in sight
) STRICT;
CREATE UNIQUE INDEX corpus_name ON corpus (name) WHERE removed_ms IS NULL;

CREATE TABLE imported_file (
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  split INTEGER NOT NULL CHECK (split BETWEEN 0 AND 2), -- index into splits of document/doc.ts, as everywhere here
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (corpus_id, sha256)
) STRICT;

CREATE TABLE doc (
  doc_id INTEGER PRIMARY KEY,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  split INTEGER NOT NULL CHECK (split BETWEEN 0 AND 2),
  file TEXT NOT NULL,
  source_id TEXT NOT NULL, -- the id the file gives it
  text TEXT NOT NULL, -- exactly as imported
  tokens TEXT NOT NULL, -- [start, end, start, end, ...] in code points of text
  source_extra TEXT -- JSON the file held beyond what is understood
) STRICT;
CREATE INDEX doc_corpus ON doc (corpus_id, split, doc_id);

CREATE TABLE sentence (
  sentence_id INTEGER PRIMARY KEY,
  doc_id INTEGER NOT NULL REFERENCES doc,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  split INTEGER NOT NULL,
  position INTEGER NOT NULL, -- within the split, from 1
  first_token INTEGER NOT NULL, -- of the doc
  text TEXT NOT NULL, -- from its first token to its last
  tokens TEXT NOT NULL, -- as in doc, but into this text
  note TEXT NOT NULL DEFAULT '',
  is_reviewed INTEGER NOT NULL DEFAULT 0,
  is_flagged INTEGER NOT NULL DEFAULT 0,
  -- kept up to date with every change, so that lists and filters need no join
  span_count INTEGER NOT NULL,
  triple_count INTEGER NOT NULL, -- unique (subject string, type, object string), unanchored ones included
  overlap INTEGER NOT NULL, -- 1 Normal, 2 SEO, 4 EPO, added; 0 none
  ambiguous_anchors INTEGER NOT NULL,
  repeated_triples INTEGER NOT NULL -- stated again by the source, word for word
) STRICT;
CREATE UNIQUE INDEX sentence_position ON sentence (corpus_id, split, position);
CREATE INDEX sentence_filter ON sentence
  (corpus_id, split, position, is_reviewed, is_flagged, overlap, triple_count, span_count);
CREATE INDEX sentence_doc ON sentence (doc_id, first_token);

CREATE VIRTUAL TABLE sentence_text USING fts5 (
  text, content = 'sentence', content_rowid = 'sentence_id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentence_indexed AFTER INSERT ON sentence BEGIN
  INSERT INTO sentence_text (rowid, text) VALUES (new.sentence_id, new.text);
END;
CREATE TRIGGER sentence_forgotten AFTER DELETE ON sentence BEGIN -- an import that was stopped
  INSERT INTO sentence_text (sentence_text, rowid, text) VALUES ('delete', old.sentence_id, old.text);
END;

CREATE TABLE span (
  sentence_id INTEGER NOT NULL REFERENCES sentence,
  position INTEGER NOT NULL, -- order within the annotation
  span_id TEXT NOT NULL,
  start_token INTEGER NOT NULL,
  end_token INTEGER NOT NULL,
  label TEXT NOT NULL,${provenance},
  PRIMARY KEY (sentence_id, position),
  UNIQUE (sentence_id, span_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX span_label ON span (label, sentence_id);

CREATE TABLE relation (
  sentence_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  relation_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  type TEXT NOT NULL,
  object TEXT NOT NULL,${provenance},
  PRIMARY KEY (sentence_id, position),
  FOREIGN KEY (sentence_id, subject) REFERENCES span (sentence_id, span_id),
  FOREIGN KEY (sentence_id, object) REFERENCES span (sentence_id, span_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_type ON relation (type, sentence_id);
CREATE INDEX relation_subject ON relation (sentence_id, subject);
CREATE INDEX relation_object ON relation (sentence_id, object);

CREATE TABLE rejection (
  sentence_id INTEGER NOT NULL REFERENCES sentence,
  position INTEGER NOT NULL,
  rejection_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,${provenance},
  PRIMARY KEY (sentence_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE unanchored (
  sentence_id INTEGER NOT NULL REFERENCES sentence,
  position INTEGER NOT NULL,
  subject TEXT NOT NULL,
  type TEXT NOT NULL,
  object TEXT NOT NULL,
  PRIMARY KEY (sentence_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX unanchored_type ON unanchored (type, sentence_id);

CREATE TABLE operation (
  operation_id INTEGER PRIMARY KEY AUTOINCREMENT,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  sentence_id INTEGER NOT NULL REFERENCES sentence,
  author TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  description TEXT NOT NULL,
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  undoes INTEGER REFERENCES operation,
  is_imported INTEGER NOT NULL -- came with a file: shown, but never undone
) STRICT;
CREATE INDEX operation_author ON operation (corpus_id, author, operation_id);
CREATE INDEX operation_sentence ON operation (sentence_id, operation_id);
CREATE INDEX operation_undoes ON operation (undoes) WHERE undoes IS NOT NULL;
CREATE TRIGGER operation_kept BEFORE DELETE ON operation
WHEN NOT EXISTS (SELECT 1 FROM corpus WHERE corpus_id = old.corpus_id AND is_staging = 1) BEGIN
  SELECT raise(ABORT, 'the operation log is append-only');
END;
CREATE TRIGGER operation_unchanged BEFORE UPDATE ON operation
WHEN NOT EXISTS (SELECT 1 FROM corpus WHERE corpus_id = old.corpus_id AND is_staging = 1) BEGIN
  SELECT raise(ABORT, 'the operation log is append-only');
END;

CREATE TABLE experiment (
  experiment_id TEXT PRIMARY KEY,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE run (
  run_id TEXT PRIMARY KEY,
  experiment_id TEXT NOT NULL REFERENCES experiment,
  corpus_id INTEGER NOT NULL REFERENCES corpus,
  name TEXT NOT NULL,
  status TEXT NOT NULL,
  config TEXT NOT NULL CHECK (json_valid(config)),
  data TEXT NOT NULL CHECK (json_valid(data)),
  from_run_id TEXT, -- may be gone
  created_ms INTEGER NOT NULL,
  finished_ms INTEGER,
  epoch INTEGER NOT NULL,
  best_epoch INTEGER,
  best_dev TEXT, -- Scores
  device TEXT,
  failure TEXT
) STRICT;
CREATE INDEX run_experiment ON run (experiment_id);

CREATE TABLE metric_point (
  run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  point TEXT NOT NULL CHECK (json_valid(point)),
  PRIMARY KEY (run_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE prediction (
  run_id TEXT NOT NULL REFERENCES run ON DELETE CASCADE,
  sentence_id INTEGER NOT NULL REFERENCES sentence,
  checkpoint_epoch INTEGER NOT NULL,
  prediction TEXT NOT NULL CHECK (json_valid(prediction)),
  PRIMARY KEY (run_id, sentence_id)
) STRICT;

CREATE TABLE extraction (
  extraction_id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id TEXT NOT NULL, -- may be gone
  run_name TEXT NOT NULL,
  status TEXT NOT NULL,
  created_ms INTEGER NOT NULL,
  documents INTEGER NOT NULL DEFAULT 0,
  sentences INTEGER NOT NULL DEFAULT 0,
  triples INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE extraction_document (
  extraction_id INTEGER NOT NULL REFERENCES extraction ON DELETE CASCADE,
  position INTEGER NOT NULL,
  document TEXT NOT NULL CHECK (json_valid(document)),
  PRIMARY KEY (extraction_id, position)
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
`,
}
