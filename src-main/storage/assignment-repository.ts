/** AssignmentRepository: sentences that were assigned to people, and what came back of them. */
import { createHash } from 'node:crypto'
import { AppError } from '#main/core/errors'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { PackageManifest } from '#main/document/assignment'
import type { Token } from '#main/document/doc'
import { createOffsetTable } from '#main/text/code-points'
import type { Database } from './database.ts'
import { mergeLayer, type ReturnedSentence } from './merged-layers.ts'
import { readPackageDocs } from './package-docs.ts'
import { byIds } from './sentence-set.ts'
import { unpackTokens } from './words.ts'

export interface Assignment extends Omit<PackageManifest, 'returned'> {
  readonly corpusId: number
  /** The latest return that was merged; null before the first. */
  readonly merged: PackageManifest['returned']
}

/** What a returned sentence is at home. */
export interface AssignedSentence {
  /** Digest when it was assigned. */
  readonly assigned: string
  /** Digest now; null where it is not in the corpus any more. */
  readonly present: string | null
}

export interface AssignmentRepository {
  /** Keeps an assignment with its sentences, some at each step; nothing of it is seen before the last. */
  add(assignment: Omit<Assignment, 'merged'>, sentenceIds: readonly number[]): Generator<void, void>
  /** The assignments of a corpus, latest first. */
  list(corpusId: number): Assignment[]
  find(packageId: string): Assignment | null
  remove(packageId: string): void
  /** Sentences of a corpus that are assigned to somebody else than these. */
  heldByOthers(corpusId: number, people: readonly string[]): Set<number>
  /** Those of these sentences that have words. */
  withWords(sentenceIds: readonly number[]): Set<number>
  /** Number of sentences that are assigned to a person. */
  countAssigned(corpusId: number, person: string): number
  /** The sentences of a package as documents of one sentence each, some at each step. */
  docs(packageId: string): Generator<AnnotatedDoc[], void>
  /** What these sentences of a package are at home, by sentence id; those that were not assigned are left out. */
  assigned(packageId: string, sentenceIds: readonly number[]): Map<number, AssignedSentence>
  /** Those of these sentences of which the person has a layer that no package gave. */
  withOtherLayer(person: string, sentenceIds: readonly number[]): number[]
  /** What a person's layer says of these sentences already, as JSON, by sentence id. */
  present(person: string, sentenceIds: readonly number[]): Map<number, string>
  /** Makes what was returned the person's layer, all or nothing. */
  merge(
    packageId: string,
    returned: NonNullable<PackageManifest['returned']>,
    sentences: readonly ReturnedSentence[],
  ): void
  /** The package that a corpus was opened from; null for any other corpus. */
  opened(corpusId: number): PackageManifest | null
  /** The corpus that was opened from a package; null where there is none. */
  openedAs(packageId: string): number | null
  putOpened(corpusId: number, manifest: PackageManifest): void
}

interface AssignmentRow {
  readonly corpus_id: number
  readonly manifest: string
  readonly merged: string | null
}

/** Number of sentences that one step keeps. */
const chunk = 500

export function createAssignmentRepository(database: Database): AssignmentRepository {
  const find = (packageId: string): Assignment | null => {
    const row = database.get<AssignmentRow>(`SELECT ${columns} FROM assignment WHERE package_id = ?`, packageId)
    return row ? toAssignment(row) : null
  }
  return {
    *add({ corpusId, ...manifest }, sentenceIds) {
      const { packageId, person } = manifest
      for (let at = 0; at < sentenceIds.length; at += chunk) {
        const digests = readDigests(database, corpusId, sentenceIds.slice(at, at + chunk))
        database.transaction(() => {
          for (const [sentenceId, digest] of digests)
            database.run('INSERT INTO assigned_sentence VALUES (?, ?, ?)', packageId, sentenceId, digest)
        })
        yield
      }
      database.run(
        'INSERT INTO assignment (package_id, corpus_id, person, manifest) VALUES (?, ?, ?, ?)',
        ...[packageId, corpusId, person, JSON.stringify({ ...manifest, returned: null } satisfies PackageManifest)],
      )
    },
    list: (corpusId) =>
      database
        .all<AssignmentRow>(`SELECT ${columns} FROM assignment WHERE corpus_id = ? ORDER BY rowid DESC`, corpusId)
        .map(toAssignment),
    find,
    remove: (packageId) =>
      database.transaction(() => {
        database.run('DELETE FROM assigned_sentence WHERE package_id = ?', packageId)
        database.run('DELETE FROM assignment WHERE package_id = ?', packageId)
      }),
    heldByOthers: (corpusId, people) =>
      new Set(
        database.column<number>(
          `SELECT DISTINCT sentence_id FROM assignment JOIN assigned_sentence USING (package_id)
           WHERE corpus_id = ? AND person NOT IN (SELECT value FROM json_each(?))`,
          ...[corpusId, JSON.stringify(people)],
        ),
      ),
    withWords(sentenceIds) {
      const { sql, values } = byIds(sentenceIds)
      const withWords = `SELECT sentence_id FROM sentence WHERE tokens <> '[]' AND sentence_id ${sql}`
      return new Set(database.column<number>(withWords, ...values))
    },
    countAssigned: (corpusId, person) =>
      database.get<{ total: number }>(
        `SELECT count(DISTINCT sentence_id) AS total FROM assignment JOIN assigned_sentence USING (package_id)
         WHERE corpus_id = ? AND person = ?`,
        ...[corpusId, person],
      )?.total ?? 0,
    docs(packageId) {
      const found = find(packageId)
      if (!found) throw new AppError('not-found', `There is no package ${packageId}. Assign the sentences again.`)
      return readPackageDocs(database, packageId, found)
    },
    assigned(packageId, sentenceIds) {
      const { sql, values } = byIds(sentenceIds)
      const rows = database.all<{ sentence_id: number; digest: string; corpus_id: number }>(
        `SELECT sentence_id, digest, corpus_id FROM assigned_sentence JOIN assignment USING (package_id)
         WHERE package_id = ? AND sentence_id ${sql}`,
        ...[packageId, ...values],
      )
      const corpusId = rows[0]?.corpus_id ?? 0
      const present = readDigests(
        database,
        corpusId,
        rows.map(({ sentence_id }) => sentence_id),
      )
      return new Map(
        rows.map(({ sentence_id, digest }) => [
          sentence_id,
          { assigned: digest, present: present.get(sentence_id) ?? null },
        ]),
      )
    },
    withOtherLayer(person, sentenceIds) {
      const { sql, values } = byIds(sentenceIds)
      return database.column<number>(
        `SELECT sentence_id FROM layer_annotation JOIN layer USING (layer_id)
         WHERE kind = 'annotator' AND name = ? AND package_id IS NULL AND sentence_id ${sql}`,
        ...[person, ...values],
      )
    },
    present(person, sentenceIds) {
      const { sql, values } = byIds(sentenceIds)
      const rows = database.all<{ sentence_id: number; annotation: string }>(
        `SELECT sentence_id, annotation FROM layer_annotation JOIN layer USING (layer_id)
         WHERE kind = 'annotator' AND name = ? AND sentence_id ${sql}`,
        ...[person, ...values],
      )
      return new Map(rows.map(({ sentence_id, annotation }) => [sentence_id, annotation]))
    },
    merge: (packageId, returned, sentences) =>
      database.transaction(() => {
        const name = find(packageId)?.person
        if (name === undefined) throw new AppError('not-found', `There is no package ${packageId} any more.`)
        for (const sentence of sentences) mergeLayer(database, { kind: 'annotator', name }, packageId, sentence)
        database.run('UPDATE assignment SET merged = ? WHERE package_id = ?', JSON.stringify(returned), packageId)
      }),
    opened(corpusId) {
      const row = database.get<{ manifest: string }>(
        'SELECT manifest FROM opened_package WHERE corpus_id = ?',
        corpusId,
      )
      return row ? (JSON.parse(row.manifest) as PackageManifest) : null // written by putOpened
    },
    openedAs: (packageId) =>
      database.get<{ corpus_id: number }>(
        'SELECT corpus_id FROM opened_package JOIN corpus USING (corpus_id) WHERE package_id = ? AND bin_id IS NULL',
        packageId,
      )?.corpus_id ?? null,
    putOpened: (corpusId, manifest) =>
      void database.run(
        'INSERT INTO opened_package VALUES (?, ?, ?)',
        ...[corpusId, manifest.packageId, JSON.stringify(manifest)],
      ),
  }
}

const columns = 'corpus_id, manifest, merged'

function toAssignment({ corpus_id: corpusId, manifest, merged }: AssignmentRow): Assignment {
  const { returned: _, ...own } = JSON.parse(manifest) as PackageManifest // written by `add`
  return { ...own, corpusId, merged: merged === null ? null : (JSON.parse(merged) as Assignment['merged']) }
}

/** Digests of those of these sentences that are in the corpus and have words. */
function readDigests(database: Database, corpusId: number, sentenceIds: readonly number[]): Map<number, string> {
  const { sql, values } = byIds(sentenceIds)
  const rows = database.all<{ sentence_id: number; text: string; tokens: string }>(
    `SELECT sentence_id, text, tokens FROM sentence WHERE corpus_id = ? AND sentence_id ${sql}`,
    ...[corpusId, ...values],
  )
  return new Map(rows.map(({ sentence_id, text, tokens }) => [sentence_id, digestOf(text, unpackTokens(tokens))]))
}

/** Digest of a text and where its words are. */
export function digestOf(text: string, tokens: readonly Token[]): string {
  const places = tokens.map(({ start, end }) => [start, end])
  return createHash('sha256')
    .update(JSON.stringify([text, places]))
    .digest('base64')
    .slice(0, 22)
}

/** The digest of a document of one sentence; null where it has several, or none. */
export function digestOfDoc({ text, tokens, sentences }: AnnotatedDoc): string | null {
  const [first, ...others] = tokens
  if (!first || sentences.length !== 1) return null
  const end = others.at(-1)?.end ?? first.end
  const shifted = tokens.map((token) => ({ start: token.start - first.start, end: token.end - first.start }))
  return digestOf(createOffsetTable(text).slice(first.start, end), shifted)
}
