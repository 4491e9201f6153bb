/** The schema of the database of results: rows of triples with their documents, sentences, pairs and entities. */

/** Changes whenever the schema does: rows of another one are made again. */
export const resultsVersion = 3

export const resultsSchema = `
CREATE TABLE listing ( -- how far the documents of an extraction are rows
  extraction_id INTEGER PRIMARY KEY,
  created_ms INTEGER NOT NULL, -- of the extraction, to tell it from another with its id
  attempt INTEGER NOT NULL, -- of the extraction, whose documents are rows
  listed INTEGER NOT NULL DEFAULT 0, -- number of its documents that are rows
  triples INTEGER NOT NULL DEFAULT 0,
  pairs INTEGER NOT NULL DEFAULT 0,
  entities INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE extracted_document (
  extraction_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  first_triple INTEGER NOT NULL, -- its triples have ids from here on
  triples INTEGER NOT NULL,
  PRIMARY KEY (extraction_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX extracted_document_name ON extracted_document (extraction_id, name, position, first_triple, triples);
CREATE TABLE extracted_sentence ( -- those that hold triples
  sentence_id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL,
  position INTEGER NOT NULL, -- of its document
  start INTEGER NOT NULL, -- in code points of the document
  first_triple INTEGER NOT NULL,
  triples INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE TABLE extracted_entity (
  entity_id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL,
  name_key TEXT NOT NULL, -- nameKey of text/name-key.ts
  mentions INTEGER NOT NULL DEFAULT 0,
  UNIQUE (extraction_id, name_key)
) STRICT;
CREATE INDEX extracted_entity_mentions ON extracted_entity (extraction_id, mentions);
CREATE TABLE extracted_name (
  name_id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL,
  text TEXT NOT NULL,
  type TEXT NOT NULL,
  mentions INTEGER NOT NULL DEFAULT 0,
  UNIQUE (entity_id, text, type)
) STRICT;
CREATE TABLE extracted_pair (
  pair_id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL,
  subject_id INTEGER NOT NULL,
  relation TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  name TEXT NOT NULL, -- subject, relation and object, as pairs of equal support are sorted
  triples INTEGER NOT NULL DEFAULT 0,
  sentences INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0,
  best REAL NOT NULL DEFAULT 0, -- highest probability of its triples
  probabilities REAL NOT NULL DEFAULT 0, -- their sum
  last_document INTEGER NOT NULL DEFAULT -1, -- position of the one that was counted last
  UNIQUE (subject_id, object_id, relation)
) STRICT;
CREATE INDEX extracted_pair_support ON extracted_pair (extraction_id, sentences DESC, name);
CREATE INDEX extracted_pair_best ON extracted_pair (extraction_id, best);
CREATE INDEX extracted_pair_object ON extracted_pair (object_id);
CREATE TABLE extracted_triple ( -- ids grow in the order of the documents
  triple_id INTEGER PRIMARY KEY,
  extraction_id INTEGER NOT NULL,
  position INTEGER NOT NULL, -- of its document
  sentence_id INTEGER NOT NULL,
  pair_id INTEGER NOT NULL,
  subject TEXT NOT NULL COLLATE NOCASE,
  subject_type TEXT NOT NULL,
  subject_start INTEGER NOT NULL,
  subject_end INTEGER NOT NULL,
  relation TEXT NOT NULL,
  object TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_start INTEGER NOT NULL,
  object_end INTEGER NOT NULL,
  probability REAL NOT NULL,
  calibrated REAL, -- null where the run was not calibrated
  plausibility TEXT -- null where the spans have no types
) STRICT;
CREATE INDEX extracted_triple_order ON extracted_triple (extraction_id);
CREATE INDEX extracted_triple_probability ON extracted_triple (extraction_id, probability);
CREATE INDEX extracted_triple_relation ON extracted_triple (extraction_id, relation, probability);
CREATE INDEX extracted_triple_subject ON extracted_triple (extraction_id, subject);
CREATE INDEX extracted_triple_pair ON extracted_triple (pair_id);
CREATE INDEX extracted_triple_place ON extracted_triple (extraction_id, position, subject_start, object_start);
CREATE TABLE extracted_relation (
  extraction_id INTEGER NOT NULL,
  relation TEXT NOT NULL,
  triples INTEGER NOT NULL,
  PRIMARY KEY (extraction_id, relation)
) STRICT, WITHOUT ROWID;
CREATE TABLE extracted_type (
  extraction_id INTEGER NOT NULL,
  type TEXT NOT NULL,
  subjects INTEGER NOT NULL,
  objects INTEGER NOT NULL,
  PRIMARY KEY (extraction_id, type)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE extracted_text USING fts5 ( -- of sentences; in scripts without spaces divided letter by letter
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE extracted_entity_text USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
PRAGMA user_version = ${resultsVersion};
`
