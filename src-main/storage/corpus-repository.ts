/** CorpusRepository: corpora, their docs and sentences. */
import { AppError } from '#main/core/errors'
import type { CorpusSummary, SplittingCount } from '#main/document/corpus-summary'
import type { SentenceFilter, SentencePage } from '#main/document/sentence-row'
import type { Split } from '#main/document/doc'
import type { LeakReport } from '#main/document/leak-report'
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import type { ProblemFilter, ProblemPage } from '#main/document/import-problem'
import type { LabelSet } from '#main/labels/label-set'
import { refuseUnderWay } from './batch-acts.ts'
import { readSummaries } from './corpus-summary.ts'
import type { Database } from './database.ts'
import { insertDocs, readDocs } from './doc-rows.ts'
import { missing } from './known-ids.ts'
import { readLeaks } from './leaks.ts'
import { readStatistics, writeStatistics, type KeptStatistics } from './kept-statistics.ts'
import { keepWords, readKeptWords, wordsStateOf, type KeptWords } from './kept-words.ts'
import { changesOf, readTypes } from './sentence-counts.ts'
import { readProblems } from './problem-rows.ts'
import { createMatches } from './sentence-matches.ts'
import type { QueueFilter } from './sentence-filter.ts'
import { readIdPage, readPage } from './sentence-page.ts'
import {
  readLabelled,
  readLabelledPages,
  readSentence,
  readAlike,
  readTextsAfter,
  readWordPages,
  type PlacedSentence,
  type PlacedText,
} from './sentence-reader.ts'
import { runSteps } from '#main/core/steps'
import { refuseOnTheWay } from './segmentation/place.ts'
import { stageImport, stagedBefore, type ImportedFile, type StagedImport } from './staged-import.ts'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { countSplittings } from './splitting-rows.ts'
import { splitAt, splitIndex } from './words.ts'

export interface CorpusRepository {
  /** All corpora but those in the bin, oldest first. */
  list(): CorpusSummary[]
  /** @throws AppError 'not-found' when there is none, or it is in the bin. */
  find(corpusId: number): CorpusSummary
  findByName(name: string): CorpusSummary | null
  /** @throws AppError 'conflict' when the name is taken. */
  create(name: string, labels: LabelSet): number
  /** Adds docs at the end of a split; answers with the number of sentences. */
  addDocs(corpusId: number, split: Split, file: string, docs: readonly AnnotatedDoc[]): number
  /** Begins an import that becomes visible all at once. */
  stage(): StagedImport
  /** An import that an earlier run of the program began; null where it is not there any more. */
  stagedBefore(stagingId: number): StagedImport | null
  /** The file of the same content that was imported before; null when there is none. */
  findFile(corpusId: number, sha256: string): ImportedFile | null
  /** Names of the files that were imported. */
  fileNames(corpusId: number): ReadonlySet<string>
  sentencePage(corpusId: number, filter: SentenceFilter, offset: number, limit: number): SentencePage
  /** Reads a page, some milliseconds of work at each step. */
  sentencePageSteps(
    corpusId: number,
    filter: SentenceFilter,
    offset: number,
    limit: number,
  ): Generator<void, SentencePage>
  /** Ids of a page, and the number of all that pass the filter, some milliseconds of work at each step. */
  idPageSteps(
    corpusId: number,
    filter: QueueFilter,
    offset: number,
    limit: number,
  ): Generator<void, { readonly total: number; readonly ids: readonly number[] }>
  /** The sentences of a split with their gold, in order; sentences without words are left out. */
  labelledSentences(corpusId: number, split: Split): LabelledSentence[]
  /** The same, some sentences at each step. */
  labelledPages(corpusId: number, split: Split): Generator<LabelledSentence[], void>
  /** The words of a split's sentences, some at each step. */
  wordPages(corpusId: number, split: Split): Generator<SentenceWords[], void>
  /** A text that is another one when the words of a split may have changed. */
  wordsState(corpusId: number): string
  /** Counts of the corpus's words as they are; null where none are kept. */
  keptWords(corpusId: number, column: 'counts' | 'vocabulary'): string | null
  keepWords(corpusId: number, words: KeptWords): void
  /** Number of spans that begin or end within a word. */
  roundedSpans(corpusId: number, split: Split): number
  /** Names of the entity types that the split holds. */
  entityTypes(corpusId: number, split: Split): string[]
  /** Names of the relation types that the split holds, those of triples without a place in their sentence included. */
  relationTypes(corpusId: number, split: Split): string[]
  /** Statistics that were computed last; null where none are kept. */
  keptStatistics(corpusId: number): KeptStatistics | null
  keepStatistics(corpusId: number, statistics: KeptStatistics): void
  /** Number of triples of which a string stood more than once in its sentence when it was imported. */
  ambiguousAnchors(corpusId: number, split: Split): number
  /** @throws AppError 'not-found' */
  sentence(sentenceId: number): PlacedSentence
  /** Sentences of a corpus with the same letters and numbers as a text, whatever case, white space and punctuation. */
  alike(corpusId: number, text: string): PlacedText[]
  /** Sentences of a corpus behind one, by their ids, with their texts. */
  textsAfter(corpusId: number, sentenceId: number, limit: number): PlacedText[]
  /** Whole docs of a split, or of all splits for null, for export, some at each step. */
  docsOf(corpusId: number, split: Split | null): Generator<AnnotatedDoc[], void>
  /** Number of docs of a split, or of all splits for null. */
  countDocs(corpusId: number, split: Split | null): number
  /** Rules by which the docs of a split, or of all splits for null, were split into words and sentences, the most first. */
  splittings(corpusId: number, split: Split | null): SplittingCount[]
  /** A number that is another one after every change of the corpus's sentences and annotations. */
  changes(corpusId: number): number
  /** Finds what stands twice in the corpus, some milliseconds of work at each step. */
  leakSteps(corpusId: number): Generator<void, LeakReport>
  /** Problems that imports met, in the order of the files. */
  problems(corpusId: number, filter: ProblemFilter, offset: number, limit: number): ProblemPage
  rename(corpusId: number, name: string): void
}

export function createCorpusRepository(database: Database, now: () => number): CorpusRepository {
  const matches = createMatches(database)
  const idOfName = (name: string) =>
    database.get<{ corpus_id: number }>(
      'SELECT corpus_id FROM corpus WHERE name = ? AND bin_id IS NULL AND is_staging = 0',
      name,
    )?.corpus_id
  const refuseTaken = (name: string, corpusId: number | null) => {
    const holder = idOfName(name)
    if (holder !== undefined && holder !== corpusId)
      throw new AppError('conflict', `There is already a corpus "${name}". Choose another name.`)
  }
  const find = (corpusId: number) => {
    const summary = readSummaries(database, corpusId)[0]
    if (!summary) throw missing(database, 'corpus', corpusId)
    return summary
  }
  return {
    list: () => readSummaries(database, null),
    find,
    findByName: (name) => {
      const corpusId = idOfName(name)
      return corpusId === undefined ? null : find(corpusId)
    },
    create(name, labels) {
      refuseTaken(name, null)
      return database.run(
        'INSERT INTO corpus (name, labels, created_ms) VALUES (?, ?, ?)',
        ...[name, JSON.stringify(labels), now()],
      ).lastId
    },
    addDocs: (corpusId, split, file, docs) =>
      database.transaction(() => insertDocs(database, { corpusId, split, file }, docs)),
    stage: () => stageImport(database, now()),
    stagedBefore: (stagingId) => stagedBefore(database, stagingId),
    findFile(corpusId, sha256) {
      const row = database.get<{ split: number; name: string; at_ms: number }>(
        'SELECT * FROM imported_file WHERE corpus_id = ? AND sha256 = ?',
        ...[corpusId, sha256],
      )
      return row ? { name: row.name, split: splitAt(row.split), sha256, atMs: row.at_ms } : null
    },
    fileNames: (corpusId) =>
      new Set(database.column<string>('SELECT name FROM imported_file WHERE corpus_id = ?', corpusId)),
    idPageSteps: (...request) => readIdPage(database, matches, ...request),
    sentencePageSteps: (...request) => readPage(database, matches, ...request),
    sentencePage: (...request) => runSteps(readPage(database, matches, ...request)),
    labelledSentences(corpusId, split) {
      refuseOnTheWay(database, corpusId)
      refuseUnderWay(database, corpusId)
      return readLabelled(database, corpusId, split)
    },
    *labelledPages(corpusId, split) {
      refuseOnTheWay(database, corpusId)
      refuseUnderWay(database, corpusId)
      yield* readLabelledPages(database, corpusId, split)
    },
    wordPages: (corpusId, split) => readWordPages(database, corpusId, split),
    wordsState: (corpusId) => wordsStateOf(database, corpusId),
    keptWords: (corpusId, column) => readKeptWords(database, corpusId, column),
    keepWords: (corpusId, words) => keepWords(database, corpusId, words),
    roundedSpans: (corpusId, split) =>
      database.get<{ total: number }>(
        `SELECT count(*) AS total FROM span INDEXED BY span_rounded CROSS JOIN sentence USING (sentence_id)
         WHERE start_char IS NOT NULL AND corpus_id = ? AND split = ?`,
        ...[corpusId, splitIndex(split)],
      )?.total ?? 0,
    entityTypes: (corpusId, split) => readTypes(database, corpusId, split, 'entity'),
    relationTypes: (corpusId, split) => readTypes(database, corpusId, split, 'relation'),
    keptStatistics: (corpusId) => readStatistics(database, corpusId),
    keepStatistics: (corpusId, statistics) => writeStatistics(database, corpusId, statistics),
    ambiguousAnchors: (corpusId, split) =>
      database.get<{ total: number }>(
        'SELECT coalesce(sum(ambiguous_anchors), 0) AS total FROM sentence WHERE corpus_id = ? AND split = ? AND ambiguous_anchors > 0',
        ...[corpusId, splitIndex(split)],
      )?.total ?? 0,
    alike: (...request) => readAlike(database, ...request),
    textsAfter: (...request) => readTextsAfter(database, ...request),
    sentence: (sentenceId) => readSentence(database, sentenceId),
    docsOf(corpusId, split) {
      refuseOnTheWay(database, corpusId)
      refuseUnderWay(database, corpusId)
      return readDocs(database, corpusId, split)
    },
    countDocs: (corpusId, split) =>
      database.get<{ total: number }>(
        'SELECT count(*) AS total FROM doc WHERE corpus_id = ? AND split BETWEEN ? AND ?',
        ...(split === null ? [corpusId, 0, 2] : [corpusId, splitIndex(split), splitIndex(split)]),
      )?.total ?? 0,
    splittings: (corpusId, split) => countSplittings(database, corpusId, split),
    changes: (corpusId) => changesOf(database, corpusId),
    leakSteps: (corpusId) => readLeaks(database, corpusId),
    problems: (...request) => readProblems(database, ...request),
    rename(corpusId, name) {
      find(corpusId)
      refuseTaken(name, corpusId)
      database.run('UPDATE corpus SET name = ? WHERE corpus_id = ?', name, corpusId)
    },
  }
}
