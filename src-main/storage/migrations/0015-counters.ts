/**
 * Counters: how many sentences of each kind, and how often each type, a corpus holds, kept up to date by triggers so that no page
 * counts rows. Spans and relations of a corpus out of sight are not counted one by one: an import counts its own in bulk.
 */
import type { Migration } from './migration.ts'

const group = 'corpus_id, split, is_reviewed, is_flagged, flagged_items, overlap'
const groupOf = (sentence: string): string =>
  group
    .replace('flagged_items', 'flagged_items > 0')
    .split(', ')
    .map((column) => `${sentence}.${column}`)
    .join(', ')

const count = `INSERT INTO sentence_count (${group}, sentences, spans, triples, changes)
  VALUES (${groupOf('new')}, 1, new.span_count, new.triple_count, 1)
  ON CONFLICT DO UPDATE SET sentences = sentences + 1, spans = spans + excluded.spans,
    triples = triples + excluded.triples, changes = changes + 1;`
const uncount = `UPDATE sentence_count SET sentences = sentences - 1, spans = spans - old.span_count,
    triples = triples - old.triple_count, changes = changes + 1
  WHERE (${group}) = (${groupOf('old')});`

const addLabels = `ON CONFLICT DO UPDATE SET count = count + excluded.count, sentences = sentences + excluded.sentences;`

/** Adds to the counts of a type: `items` and, where no other item of the sentence has the type, as many sentences. */
function countLabel(kind: 'entity' | 'relation', row: 'new' | 'old', column: string, isOnly: string): string {
  const sign = row === 'new' ? '' : '-'
  return `INSERT INTO label_count (corpus_id, split, kind, label, count, sentences)
    SELECT corpus_id, split, '${kind}', ${row}.${column}, ${sign}1, ${sign}(${isOnly})
    FROM sentence JOIN corpus USING (corpus_id) WHERE sentence_id = ${row}.sentence_id AND is_staging = 0
    ${addLabels}`
}

/** Condition: no row but the one of the trigger has its type in its sentence. */
function isOnly(row: 'new' | 'old', own: string, column: string, ...others: string[]): string {
  const holds = (table: string): string => `NOT EXISTS (SELECT 1 FROM ${table} AS item
    WHERE item.${column} = ${row}.${column} AND item.sentence_id = ${row}.sentence_id`
  return [`${holds(own)} AND item.position <> ${row}.position)`, ...others.map((table) => `${holds(table)})`)].join(
    ' AND ',
  )
}

function countTable(table: string, kind: 'entity' | 'relation', column: string, ...others: string[]): string {
  const add = (row: 'new' | 'old'): string => countLabel(kind, row, column, isOnly(row, table, column, ...others))
  return `
CREATE TRIGGER ${table}_counted AFTER INSERT ON ${table} BEGIN ${add('new')} END;
CREATE TRIGGER ${table}_uncounted AFTER DELETE ON ${table} BEGIN ${add('old')} END;
CREATE TRIGGER ${table}_recounted AFTER UPDATE OF ${column} ON ${table} WHEN old.${column} <> new.${column} BEGIN
  ${add('old')} ${add('new')} END;`
}

/** Types of all items of relation type, those whose strings stand in no sentence included. */
const relations = '(SELECT sentence_id, type FROM relation UNION ALL SELECT sentence_id, type FROM unanchored)'

/** Adds or subtracts the types of a sentence that moves to another corpus or split. */
function countMoved(row: 'new' | 'old'): string {
  const sign = row === 'new' ? '' : '-'
  const add = (kind: string, table: string, column: string): string =>
    `INSERT INTO label_count (corpus_id, split, kind, label, count, sentences)
     SELECT ${row}.corpus_id, ${row}.split, '${kind}', ${column}, ${sign}count(*), ${sign}1 FROM ${table}
     WHERE sentence_id = ${row}.sentence_id GROUP BY ${column} ${addLabels}`
  return `${add('entity', 'span', 'label')} ${add('relation', relations, 'type')}`
}

const fillLabels = (kind: string, table: string, column: string): string =>
  `INSERT INTO label_count (corpus_id, split, kind, label, count, sentences)
   SELECT corpus_id, split, '${kind}', ${column}, count(*), count(DISTINCT sentence_id)
   FROM ${table} JOIN sentence USING (sentence_id) GROUP BY corpus_id, split, ${column};`

export const counters: Migration = {
  name: '0015-counters',
  sql: `
CREATE TABLE sentence_count (
  corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
  split INTEGER NOT NULL,
  is_reviewed INTEGER NOT NULL,
  is_flagged INTEGER NOT NULL,
  flagged_items INTEGER NOT NULL, -- 1 where a span or relation is flagged, else 0
  overlap INTEGER NOT NULL,
  sentences INTEGER NOT NULL,
  spans INTEGER NOT NULL,
  triples INTEGER NOT NULL,
  changes INTEGER NOT NULL, -- grows with every change of a sentence of this group
  PRIMARY KEY (${group})
) STRICT, WITHOUT ROWID;
CREATE TABLE label_count (
  corpus_id INTEGER NOT NULL REFERENCES corpus ON DELETE CASCADE,
  split INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('entity', 'relation')),
  label TEXT NOT NULL,
  count INTEGER NOT NULL,
  sentences INTEGER NOT NULL, -- number of sentences that hold the type
  PRIMARY KEY (corpus_id, kind, label, split)
) STRICT, WITHOUT ROWID;
INSERT INTO sentence_count (${group}, sentences, spans, triples, changes)
  SELECT ${groupOf('sentence')}, count(*), sum(span_count), sum(triple_count), 1 FROM sentence GROUP BY 1, 2, 3, 4, 5, 6;
${fillLabels('entity', 'span', 'label')}
${fillLabels('relation', relations, 'type')}
CREATE TRIGGER sentence_counted AFTER INSERT ON sentence BEGIN ${count} END;
CREATE TRIGGER sentence_uncounted AFTER DELETE ON sentence BEGIN ${uncount} END;
CREATE TRIGGER sentence_recounted AFTER UPDATE OF ${group}, span_count, triple_count ON sentence BEGIN
  ${uncount} ${count} END;
CREATE TRIGGER sentence_moved AFTER UPDATE OF corpus_id, split ON sentence
WHEN old.corpus_id <> new.corpus_id OR old.split <> new.split BEGIN ${countMoved('old')} ${countMoved('new')} END;
${countTable('span', 'entity', 'label')}
${countTable('relation', 'relation', 'type', 'unanchored')}
${countTable('unanchored', 'relation', 'type', 'relation')}
CREATE INDEX sentence_flagged ON sentence (corpus_id, split, position, is_flagged, flagged_items)
  WHERE (is_flagged = 1 OR flagged_items > 0);
CREATE INDEX sentence_review ON sentence (corpus_id, is_reviewed, split, position);
DROP INDEX sentence_doc;
CREATE INDEX sentence_doc ON sentence (doc_id, position);
`,
}
