/** AnnotationRepository: the annotations of sentences, the one way to change them, and the log of every change. */
import type { AppliedOperation } from '#main/document/applied-operation'
import type { Occurrence } from '#main/document/occurrence'
import { emptyAnnotation, type Annotation } from '#main/document/annotation'
import type { Corrections } from '#main/runs/corrections'
import type { Split } from '#main/document/doc'
import type { SentenceLayer } from '#main/document/layer'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { FollowingSentence } from '#main/document/edit-sentences'
import type { LoggedChange, Operation } from '#main/document/operation'
import { readAnnotations, readUnanchored } from './annotation-rows.ts'
import { refuseUnderWay } from './batch-acts.ts'
import { changed, refuseOutside } from './change-checks.ts'
import { correctionSteps } from './corrections.ts'
import type { Database } from './database.ts'
import {
  findRedoable,
  findUndoable,
  insertOperation,
  nextBatch,
  readAfter,
  readFirstActs,
  readBatch,
  readLatest,
  readOperation,
  type FirstAct,
} from './operation-rows.ts'
import { readLayers } from './layer-rows.ts'
import { readFirstReviews, type FirstReview } from './first-reviews.ts'
import { readOccurrences } from './occurrences.ts'
import { readPace, type Pace } from './pace.ts'
import { readQueueRows, readQueueRowsAmong, readQueueRowsOf, readTexts, type QueueRow } from './queue-rows.ts'
import type { QueueFilter } from './sentence-filter.ts'
import { beginSegmenting } from './segmentation/begin-segmenting.ts'
import { readFollowing } from './segmentation/following.ts'
import { renumberSteps } from './segmentation/place.ts'
import { runInSlices } from './slices.ts'
import { createRings, type SentenceRing } from './sentence-ring.ts'
import { byIds, bySplit } from './sentence-set.ts'
import { readOpenSentence, writeSentence } from './write-sentence.ts'

export interface AnnotationRepository {
  annotation(sentenceId: number): Annotation
  /** Annotations by sentence id. */
  annotations(sentenceIds: readonly number[]): Map<number, Annotation>
  /** Annotations of a whole split, or of all splits for null, by sentence id. */
  annotationsOf(corpusId: number, split: Split | null): Map<number, Annotation>
  unanchored(sentenceId: number): TextTriple[]
  /** The other layers of a sentence, in the order of its file. */
  layers(sentenceId: number): readonly SentenceLayer[]
  /**
   * Writes an operation and its effect, both or neither. `undoes` is the first-hand act that it takes back or does again,
   * `batch` the number of an act on several sentences.
   * @throws AppError 'conflict' when the annotation is not what the changes start from, and while another act on many sentences of the
   *   corpus is under way.
   */
  apply(
    sentenceId: number,
    author: string,
    description: string,
    changes: readonly LoggedChange[],
    atMs: number,
    links?: { readonly undoes?: number; readonly batch?: number | undefined },
  ): AppliedOperation
  /** The sentence behind this one in its document, for a join; null behind the last. */
  following(sentenceId: number): FollowingSentence | null
  /** Numbers sentences again where an act on sentences left many to move, in slices with a pause between them. */
  renumber(corpusId: number, pause: () => Promise<void>): Promise<void>
  /** The author's latest act in effect: undo it by its inverted changes with `undoes` set to its id. */
  latestUndoable(corpusId: number, author: string): Operation | null
  /** The act taken back last, if nothing was done since: redo it by its own changes with `undoes` set to its id. */
  latestRedoable(corpusId: number, author: string): Operation | null
  operation(operationId: number): Operation | null
  /** Operations on one sentence, or on the whole corpus for null, latest first. */
  history(corpusId: number, sentenceId: number | null, limit: number): Operation[]
  /** Operations on a sentence after the given one, or all of them for null, latest first. */
  operationsAfter(sentenceId: number, operationId: number | null): Operation[]
  /** The first act in effect of this description on each sentence of a corpus that has one. */
  firstActs(corpusId: number, description: string): FirstAct[]
  /** Counts the work of an author in a corpus since a moment, in milliseconds since 1970. */
  pace(corpusId: number, author: string, sinceMs: number): Pace
  /** The sentences that people changed since a moment, in milliseconds since 1970, read some at each step. */
  correctionSteps(corpusId: number, sinceMs: number): Generator<void, Corrections>
  /** Who marked each sentence of a corpus as reviewed for the first time. */
  firstReviews(corpusId: number): FirstReview[]
  /** A number that no act on several sentences has yet. */
  nextBatch(): number
  /** The first operations of an act on several sentences. */
  batch(batch: number, limit: number): Operation[]
  /** Other places in the corpus where these words stand without a span of this label. */
  occurrences(corpusId: number, words: readonly string[], label: string): Occurrence[]
  /** Every sentence that passes the filter, without its text, in the order train, dev, test. */
  queueRows(corpusId: number, filter: QueueFilter): QueueRow[]
  /** The rows of these sentences, in the order of the ids. */
  queueRowsOf(sentenceIds: readonly number[]): QueueRow[]
  /** The rows of those of these sentences that pass the filter, in no order. */
  queueRowsAmong(corpusId: number, filter: QueueFilter, sentenceIds: readonly number[]): QueueRow[]
  /** The sentences of a corpus on a ring, made some milliseconds of work at each step. */
  ringSteps(corpusId: number, seed: number): Generator<void, SentenceRing>
  /** Texts by sentence id. */
  texts(sentenceIds: readonly number[]): Map<number, string>
}

export function createAnnotationRepository(database: Database): AnnotationRepository {
  const rings = createRings(database)
  const annotation = (sentenceId: number) =>
    readAnnotations(database, byIds([sentenceId])).get(sentenceId) ?? emptyAnnotation
  const unanchored = (sentenceId: number) => readUnanchored(database, byIds([sentenceId])).get(sentenceId) ?? []
  /** Cache of the sentence that was changed last, since people mostly make several changes to one sentence. */
  let latest: { readonly sentenceId: number; readonly operationId: number; readonly annotation: Annotation } | null =
    null
  const lastOperation = (sentenceId: number): number | null =>
    database.get<{ last: number | null }>(
      'SELECT max(operation_id) AS last FROM operation WHERE sentence_id = ?',
      sentenceId,
    )?.last ?? null
  const present = (sentenceId: number): Annotation =>
    latest?.sentenceId === sentenceId && latest.operationId === lastOperation(sentenceId)
      ? latest.annotation
      : annotation(sentenceId)

  return {
    annotation,
    unanchored,
    layers: (sentenceId) => readLayers(database, byIds([sentenceId])).get(sentenceId) ?? [],
    annotations: (sentenceIds) => readAnnotations(database, byIds(sentenceIds)),
    annotationsOf: (corpusId, split) => readAnnotations(database, bySplit(corpusId, split)),
    apply: (sentenceId, author, description, changes, atMs, { undoes, batch } = {}) =>
      database.transaction(() => {
        const sentence = readOpenSentence(database, sentenceId)
        refuseUnderWay(database, sentence.corpus_id, batch)
        const segmenting = beginSegmenting(
          database,
          { sentenceId, corpusId: sentence.corpus_id, undoes, present },
          changes,
        )
        const own = segmenting?.changes ?? changes
        const next = segmenting?.annotation ?? changed(present(sentenceId), own)
        if (!segmenting) refuseOutside(own, sentence)
        const operation = {
          ...{ sentenceId, author, atMs, description, changes: own, undoes: undoes ?? null },
          ...(batch !== undefined && { batch }),
        }
        const logged = { ...operation, corpusId: sentence.corpus_id, isImported: false }
        const operationId = insertOperation(database, logged)
        if (segmenting) segmenting.write(undoes ?? operationId)
        else writeSentence(database, sentenceId, sentence, next, own)
        latest = { sentenceId, operationId, annotation: next }
        return { operation: { operationId, ...operation }, annotation: next }
      }),
    following: (sentenceId) => readFollowing(database, sentenceId, present),
    renumber: (corpusId, pause) => runInSlices(database, renumberSteps(database, corpusId), pause),
    latestUndoable: (corpusId, author) => findUndoable(database, corpusId, author),
    latestRedoable: (corpusId, author) => findRedoable(database, corpusId, author),
    operation: (operationId) => readOperation(database, operationId),
    history: (corpusId, sentenceId, limit) => readLatest(database, corpusId, sentenceId, limit),
    operationsAfter: (sentenceId, operationId) => readAfter(database, sentenceId, operationId ?? 0),
    firstActs: (corpusId, description) => readFirstActs(database, corpusId, description),
    pace: (corpusId, author, sinceMs) => readPace(database, corpusId, author, sinceMs),
    correctionSteps: (corpusId, sinceMs) => correctionSteps(database, corpusId, sinceMs),
    firstReviews: (corpusId) => readFirstReviews(database, corpusId),
    nextBatch: () => nextBatch(database),
    batch: (batch, limit) => readBatch(database, batch, 0, limit),
    occurrences: (corpusId, words, label) => readOccurrences(database, corpusId, words, label),
    queueRows: (corpusId, filter) => readQueueRows(database, corpusId, filter),
    queueRowsOf: (sentenceIds) => readQueueRowsOf(database, sentenceIds),
    queueRowsAmong: (...request) => readQueueRowsAmong(database, ...request),
    ringSteps: rings.of,
    texts: (sentenceIds) => readTexts(database, sentenceIds),
  }
}
