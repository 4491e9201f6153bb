/** Workspaces of earlier versions, made by the migrations themselves and filled by the words of their time, lose nothing when they are opened. */
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase, type Database } from '#main/storage/database'
import { databaseChecks } from '#main/storage/check/check-database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { openWorkspace } from '#main/storage/workspace'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const person = { origin: 'person', author: 'Ada' } as const
const ada = { id: 'a', start: 0, end: 1, label: 'PER', provenance: person }
const left = { id: 'b', start: 1, end: 2, label: 'ACT', provenance: person }
const does = { id: 'r', subject: 'a', type: 'does', object: 'b', provenance: person }
const unread = { isReviewed: false, isFlagged: false, note: '' }
const acts = [
  [{ kind: 'span', before: null, after: ada }],
  [{ kind: 'span', before: null, after: left }],
  [{ kind: 'relation', before: null, after: does }],
  [{ kind: 'review', before: unread, after: { ...unread, isReviewed: true, note: 'a note' } }],
]

/** Corpus, annotation, log, run, prediction, extraction and setting in the columns that the first version had. */
function fill(database: Database): void {
  database.script(`
    INSERT INTO corpus (corpus_id, name, labels, created_ms)
      VALUES (1, 'old', '{"entityTypes":[{"name":"PER"},{"name":"ACT"}],"relationTypes":[{"name":"does"}],"signatures":[]}', 1);
    INSERT INTO imported_file (corpus_id, split, name, sha256, at_ms) VALUES (1, 0, 'old.json', 'sum', 1);
    INSERT INTO doc (doc_id, corpus_id, split, file, source_id, text, tokens) VALUES (1, 1, 0, 'old.json', 'd', 'Ada left', '[0,3,4,8]');
    INSERT INTO sentence (sentence_id, doc_id, corpus_id, split, position, first_token, text, tokens, note, is_reviewed, is_flagged,
        span_count, triple_count, overlap, ambiguous_anchors, repeated_triples)
      VALUES (1, 1, 1, 0, 1, 0, 'Ada left', '[0,3,4,8]', 'a note', 1, 0, 2, 1, 1, 0, 0);
    INSERT INTO span (sentence_id, position, span_id, start_token, end_token, label, origin, author)
      VALUES (1, 0, 'a', 0, 1, 'PER', 'person', 'Ada'), (1, 1, 'b', 1, 2, 'ACT', 'person', 'Ada');
    INSERT INTO relation (sentence_id, position, relation_id, subject, type, object, origin, author)
      VALUES (1, 0, 'r', 'a', 'does', 'b', 'person', 'Ada');
    INSERT INTO extraction (run_id, run_name, status, created_ms) VALUES ('gone', 'gone', 'finished', 1);
    INSERT INTO setting (name, value) VALUES ('annotator', '"Ada"');`)
  for (const changes of acts)
    database.run(
      `INSERT INTO operation (corpus_id, sentence_id, author, at_ms, description, changes, is_imported) VALUES (1, 1, 'Ada', 1, 'act', ?, 0)`,
      JSON.stringify(changes),
    )
}

describe('a workspace of an earlier version', () => {
  it.each([1, 4, 8, 14, 19, 25, 33, 38, migrations.length - 1])(
    'of schema %i is opened with all that it held',
    (schema) => {
      const folder = temporaryFolder()
      const file = path.join(folder, 'espalier.sqlite')
      const database = openDatabase(file)
      migrate(database, 1, migrations.slice(0, schema))
      database.transaction(() => fill(database))
      database.close()

      const workspace = openWorkspace(folder)
      onTestFinished(() => workspace.close())
      expect(workspace.annotations.annotation(1)).toEqual({
        ...{ spans: [ada, left], relations: [does], rejections: [] },
        review: { isReviewed: true, isFlagged: false, note: 'a note' },
      })
      expect(workspace.annotations.history(1, null, 10).map(({ changes }) => changes)).toEqual(acts.toReversed())
      expect(workspace.annotations.latestUndoable(1, 'Ada')?.changes).toEqual(acts[3])
      expect(workspace.corpora.sentencePage(1, { search: 'left' }, 0, 9).total).toBe(1)
      expect(workspace.corpora.list()).toMatchObject([{ name: 'old', splits: { train: { sentences: 1 } } }])
      expect(workspace.extractions.list()).toMatchObject([{ runName: 'gone' }])
      expect(workspace.settings.get().annotator).toBe('Ada')
      expect(workspace.listKept()).toMatchObject([
        { reason: 'migration', schema, content: { corpora: 1, sentences: 1 } },
      ])
      workspace.close()
      const today = openDatabase(file)
      onTestFinished(() => today.close())
      expect(databaseChecks.flatMap(({ run }) => run(today))).toEqual([])
    },
  )
})
