/** Reads and writes docs as rows: imports write them, exports read them whole. */
import { createOffsetTable } from '#main/text/code-points'
import { splits, type Split } from '#main/document/doc'
import { parseExactJson } from '#main/core/exact-json'
import { countFlagged } from '#main/document/remark'
import { normalised, textHash } from '#main/text/likeness'
import { insertAnnotation, readAnnotations, readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { docLayers, insertLayers, readLayers } from './layer-rows.ts'
import { insertHistory, readHistories } from './operation-rows.ts'
import { factsOf } from './sentence-facts.ts'
import { byIds } from './sentence-set.ts'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { readSplittings, splittingIdOf } from './splitting-rows.ts'
import { packTokens, splitAt, splitIndex, unpackTokens } from './words.ts'

/** DocPlace: the corpus, split and file to which docs are added. */
export interface DocPlace {
  readonly corpusId: number
  readonly split: Split
  readonly file: string
}

/** Adds docs at the end of a split; answers with the number of their sentences. */
export function insertDocs(database: Database, place: DocPlace, docs: readonly AnnotatedDoc[]): number {
  const first = nextPosition(database, place)
  let position = first
  for (const doc of docs) {
    for (const _ of insertDoc(database, place, doc, position)) continue
    position += doc.sentences.length
  }
  return position - first
}

/** Position of the next sentence of a split, from 1. */
export function nextPosition(database: Database, { corpusId, split }: Pick<DocPlace, 'corpusId' | 'split'>): number {
  const last = database.get<{ position: number | null }>(
    'SELECT max(position) AS position FROM sentence WHERE corpus_id = ? AND split = ?',
    corpusId,
    splitIndex(split),
  )
  return (last?.position ?? 0) + 1
}

/** Adds a doc, one sentence at each step; the first gets the position. */
export function* insertDoc(
  database: Database,
  { corpusId, split, file }: DocPlace,
  doc: AnnotatedDoc,
  position: number,
): Generator<void, void> {
  const { lastId: docId } = database.run(
    `INSERT INTO doc (corpus_id, split, file, source_id, text, tokens, source_extra, splitting_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[corpusId, splitIndex(split), file, doc.id, doc.text, packTokens(doc.tokens)],
    doc.sourceExtra === undefined ? null : JSON.stringify(doc.sourceExtra),
    splittingIdOf(database, doc.splitting),
  )
  const table = createOffsetTable(doc.text)
  for (const [index, { start, end }] of doc.sentences.entries()) {
    const tokens = doc.tokens.slice(start, end)
    const words = tokens.map((token) => table.slice(token.start, token.end))
    const textStart = tokens[0]?.start ?? 0
    const text = table.slice(textStart, tokens.at(-1)?.end ?? textStart)
    const shifted = tokens.map((token) => ({ ...token, start: token.start - textStart, end: token.end - textStart }))
    const sentenceId = insertSentence(
      database,
      {
        ...{ docId, corpusId, split, position: position + index, firstToken: start },
        ...{ text, tokens: packTokens(shifted), words },
      },
      doc.annotations[index] ?? unmarked,
    )
    insertLayers(database, sentenceId, doc.layers ?? [], index, doc.annotations[index] ?? unmarked)
    yield
  }
}

/** The annotation of a sentence of which nothing is said. */
export const unmarked: SentenceAnnotation = {
  spans: [],
  relations: [],
  rejections: [],
  review: { isReviewed: false, isFlagged: false, note: '' },
  unanchored: [],
  ambiguousAnchors: 0,
  repeatedTriples: 0,
  history: [],
}

interface NewSentence {
  /** The next free number where it is left out. */
  readonly sentenceId?: number
  readonly docId: number
  readonly corpusId: number
  readonly split: Split
  readonly position: number
  readonly firstToken: number
  readonly text: string
  readonly tokens: string
  readonly words: readonly string[]
}

/** Answers with the id of the sentence. */
export function insertSentence(database: Database, sentence: NewSentence, annotation: SentenceAnnotation): number {
  const { review, unanchored } = annotation
  const facts = factsOf(sentence.words, annotation)
  const { lastId } = database.run(
    `INSERT INTO sentence (sentence_id, doc_id, corpus_id, split, position, first_token, text, tokens, note, is_reviewed, is_flagged,
       span_count, triple_count, overlap, ambiguous_anchors, repeated_triples, flagged_items, exact_hash, loose_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sentence.sentenceId ?? null,
    ...[sentence.docId, sentence.corpusId, splitIndex(sentence.split), sentence.position, sentence.firstToken],
    ...[sentence.text, sentence.tokens, review.note, Number(review.isReviewed), Number(review.isFlagged)],
    ...[facts.spanCount, facts.tripleCount, facts.overlap, annotation.ambiguousAnchors, annotation.repeatedTriples],
    ...[countFlagged(annotation), textHash(sentence.text), textHash(normalised(sentence.text))],
  )
  insertAnnotation(database, lastId, annotation)
  unanchored.forEach(({ subject, type, object }, index) =>
    database.run('INSERT INTO unanchored VALUES (?, ?, ?, ?, ?)', lastId, index, subject, type, object),
  )
  insertHistory(database, sentence.corpusId, lastId, annotation.history)
  return lastId
}

interface DocRow {
  readonly doc_id: number
  readonly split: number
  readonly source_id: string
  readonly text: string
  readonly tokens: string
  readonly source_extra: string | null
  readonly splitting_id: number | null
}
interface SentenceRow {
  readonly sentence_id: number
  readonly doc_id: number
  readonly first_token: number
  readonly tokens: string
  readonly ambiguous_anchors: number
  readonly repeated_triples: number
}

/** Docs that are read together: the sentences of a page are some hundreds where docs are small. */
const pageSize = 100

/**
 * Reads whole docs of a split, or of all splits for null, with annotations and history, in the order of import, a page at each step.
 * Docs that are added or changed meanwhile are read as they are when their page is read.
 */
export function* readDocs(database: Database, corpusId: number, split: Split | null): Generator<AnnotatedDoc[], void> {
  for (const one of split === null ? splits : [split]) {
    for (let last = 0; ;) {
      const docs = database.all<DocRow>(
        'SELECT * FROM doc WHERE corpus_id = ? AND split = ? AND doc_id > ? ORDER BY doc_id LIMIT ?',
        ...[corpusId, splitIndex(one), last, pageSize],
      )
      const end = docs.at(-1)
      if (!end) break
      last = end.doc_id
      yield toDocs(database, docs)
    }
  }
}

function toDocs(database: Database, docs: readonly DocRow[]): AnnotatedDoc[] {
  const rows = database.all<SentenceRow>(
    `SELECT sentence_id, doc_id, first_token, tokens, ambiguous_anchors, repeated_triples FROM sentence
     WHERE doc_id IN (SELECT value FROM json_each(?)) ORDER BY doc_id, position`,
    JSON.stringify(docs.map(({ doc_id }) => doc_id)),
  )
  const set = byIds(rows.map(({ sentence_id }) => sentence_id))
  const annotations = readAnnotations(database, set)
  const unanchored = readUnanchored(database, set)
  const histories = readHistories(database, set)
  const layers = readLayers(database, set)
  const sentences = Map.groupBy(rows, ({ doc_id }) => doc_id)
  const splittings = readSplittings(database)
  return docs.map((doc) => {
    const own = sentences.get(doc.doc_id) ?? []
    const others = docLayers(own.map(({ sentence_id }) => layers.get(sentence_id) ?? []))
    return {
      id: doc.source_id,
      split: splitAt(doc.split),
      text: doc.text,
      tokens: unpackTokens(doc.tokens),
      sentences: own.map(({ first_token: start, tokens }) => ({ start, end: start + unpackTokens(tokens).length })),
      annotations: own.map(({ sentence_id, ambiguous_anchors, repeated_triples }) => ({
        ...(annotations.get(sentence_id) ?? unmarked),
        unanchored: unanchored.get(sentence_id) ?? [],
        ambiguousAnchors: ambiguous_anchors,
        repeatedTriples: repeated_triples,
        history: histories.get(sentence_id) ?? [],
      })),
      ...(others.length > 0 && { layers: others }),
      ...(doc.splitting_id !== null && { splitting: splittings.get(doc.splitting_id) }),
      ...(doc.source_extra !== null && { sourceExtra: parseExactJson(doc.source_extra) }),
    }
  })
}
