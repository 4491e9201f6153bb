/**
 * StagedImport: docs written in small transactions into a corpus that nobody sees, then published. A kill at any moment before
 * that leaves the workspace as it was; what it left out of sight is erased at the next opening.
 */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ProblemCount } from '#main/core/problem'
import { splits, type Split } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'
import type { Database } from './database.ts'
import { insertDoc, nextPosition } from './doc-rows.ts'
import { insertProblems, type PlacedProblem } from './problem-rows.ts'
import { addLabelCounts } from './sentence-counts.ts'
import { beginPublishing, publishAs, publishSteps } from './publish.ts'
import { eraseAfter } from './erase-corpus.ts'
import { runInSlices } from './slices.ts'
import { splitIndex } from './words.ts'

export interface ImportedFile {
  readonly name: string
  readonly split: Split
  readonly sha256: string
  readonly atMs: number
}

export interface StagedImport {
  readonly stagingId: number
  /** Row id of the last doc that was written; 0 before the first. */
  lastDocId(): number
  /** Removes what was written after a doc, and the problems, a part at each step: so that an import goes on from a place that is known. */
  keepTo(docId: number): Generator<void, void>
  /** Writes docs at the end of a split, in transactions of some milliseconds between which it pauses. */
  add(split: Split, file: string, docs: readonly AnnotatedDoc[], pause: () => Promise<void>): Promise<void>
  /** Keeps problems with the import: some of them as they are, all of them counted by kind. */
  keepProblems(
    problems: readonly PlacedProblem[],
    counts: readonly ProblemCount[],
    pause: () => Promise<void>,
  ): Promise<void>
  /** Keeps which files it was read from, in transactions of some milliseconds. */
  rememberFiles(files: readonly ImportedFile[], pause: () => Promise<void>): Promise<void>
  /** Takes its sentences into the full-text indexes and the counts of types; nothing may be added afterwards. */
  index(pause: () => Promise<void>): Promise<void>
  /** Makes a corpus of it. Must be called inside a transaction with all that belongs to the corpus. */
  publishAs(name: string, labels: LabelSet): void
  /**
   * Settles that it goes into a corpus that is there, inside a transaction with all that belongs to it. The steps that are
   * answered move it; whatever becomes of them, the import is complete after the next opening.
   */
  publishInto(corpusId: number): Generator<void, void>
  /** Takes these steps, in transactions of some milliseconds between which it pauses. */
  move(steps: Generator<void, void>, pause: () => Promise<void>): Promise<void>
}

const emptyLabels = '{"entityTypes":[],"relationTypes":[],"signatures":[]}'

export function stageImport(database: Database, nowMs: number): StagedImport {
  const { lastId: stagingId } = database.run(
    `INSERT INTO corpus (name, labels, created_ms, is_staging, indexed_to) VALUES ('', ?, ?, 1, 0)`,
    ...[emptyLabels, nowMs],
  )
  return stagedAs(database, stagingId)
}

/** An import that was staged by an earlier run of the program; null where it is not there any more. */
export function stagedBefore(database: Database, stagingId: number): StagedImport | null {
  const row = database.get('SELECT 1 FROM corpus WHERE corpus_id = ? AND is_staging = 1', stagingId)
  return row ? stagedAs(database, stagingId) : null
}

function stagedAs(database: Database, stagingId: number): StagedImport {
  const next = new Map<Split, number>()
  return {
    stagingId,
    lastDocId: () =>
      Math.max(
        ...splits.map((split) => {
          const sql = 'SELECT max(doc_id) AS last FROM doc WHERE corpus_id = ? AND split = ?'
          return database.get<{ last: number | null }>(sql, stagingId, splitIndex(split))?.last ?? 0
        }),
      ),
    keepTo: (docId) => eraseAfter(database, stagingId, docId),
    async add(split, file, docs, pause) {
      const place = { corpusId: stagingId, split, file }
      let position = next.get(split) ?? nextPosition(database, place)
      const steps = (function* () {
        for (const doc of docs) {
          yield* insertDoc(database, place, doc, position)
          position += doc.sentences.length
        }
      })()
      await runInSlices(database, steps, pause)
      next.set(split, position)
    },
    async keepProblems(problems, counts, pause) {
      await runInSlices(database, insertProblems(database, stagingId, problems, counts), pause)
    },
    rememberFiles: (files, pause) => runInSlices(database, rememberSteps(database, stagingId, files), pause),
    async index(pause) {
      await runInSlices(database, indexSteps(database, stagingId), pause)
    },
    publishAs: (name, labels) => publishAs(database, stagingId, name, labels),
    publishInto(corpusId) {
      beginPublishing(database, stagingId, corpusId)
      return publishSteps(database, stagingId)
    },
    move: (steps, pause) => runInSlices(database, steps, pause),
  }
}

function* rememberSteps(database: Database, stagingId: number, files: readonly ImportedFile[]): Generator<void, void> {
  for (const { name, split, sha256, atMs } of files) {
    database.run(
      'INSERT OR REPLACE INTO imported_file (corpus_id, split, name, sha256, at_ms) VALUES (?, ?, ?, ?, ?)',
      ...[stagingId, splitIndex(split), name, sha256, atMs],
    )
    yield
  }
}

/** Number of sentences that one step takes into the full-text index. */
const indexedAtOnce = 500

function* indexSteps(database: Database, stagingId: number): Generator<void, void> {
  while (indexSome(database, stagingId)) yield
}

/** Takes further sentences into the index; answers false when all are in it. */
function indexSome(database: Database, stagingId: number): boolean {
  // null: all of it is in the index already, as where a program ended after that
  const to = database.get<{ indexed_to: number | null }>('SELECT indexed_to FROM corpus WHERE corpus_id = ?', stagingId)
  if (to?.indexed_to === null) return false
  const ids = database.all<{ sentence_id: number }>(
    `SELECT sentence_id FROM sentence WHERE +corpus_id = ? AND sentence_id > coalesce((SELECT indexed_to FROM corpus WHERE corpus_id = ?), 0)
     ORDER BY sentence_id LIMIT ?`,
    ...[stagingId, stagingId, indexedAtOnce],
  )
  const last = ids.at(-1)?.sentence_id
  const set = 'SELECT value FROM json_each(?)'
  if (last !== undefined)
    addLabelCounts(
      database,
      ids.map(({ sentence_id }) => sentence_id),
    )
  if (last !== undefined)
    for (const sql of [
      `INSERT INTO sentence_text (rowid, text) SELECT sentence_id, text FROM sentence WHERE sentence_id IN (${set})`,
      `INSERT INTO sentence_letters (rowid, text) SELECT sentence_id, letters FROM
         (SELECT sentence_id, divided(text) AS letters FROM sentence WHERE sentence_id IN (${set})) WHERE letters IS NOT NULL`,
    ])
      database.run(sql, JSON.stringify(ids.map(({ sentence_id }) => sentence_id)))
  database.run('UPDATE corpus SET indexed_to = ? WHERE corpus_id = ?', last ?? null, stagingId)
  return last !== undefined
}
