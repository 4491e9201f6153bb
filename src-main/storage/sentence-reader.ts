/** Reads sentences as training, scoring and annotating need them. */
import { AppError } from '#main/core/errors'
import type { Split, Token } from '#main/document/doc'
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import type { Relation, SymmetricTypes, Triple } from '#main/document/relation'
import { normalised, textHash } from '#main/text/likeness'
import { orderTexts, orderTriples } from '#main/document/symmetric'
import { symmetricTypes } from '#main/labels/label-set'
import { readLabelsOf } from './labels-of.ts'
import { readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { readGoldRelations, readGoldSpans, type GoldSpans } from './gold-rows.ts'
import { pagesOf, type SentenceSet } from './sentence-set.ts'
import { splitAt, unpackTokens, unpackWords } from './words.ts'

/** A sentence in its place. Offsets of tokens are code points into `text`. */
export interface PlacedSentence {
  readonly sentenceId: number
  readonly corpusId: number
  readonly corpusName: string
  readonly split: Split
  /** Position within its split, from 1. */
  readonly position: number
  readonly text: string
  readonly tokens: readonly Token[]
  /** Texts of the neighbours in the same Doc; null at its ends. */
  readonly previousText: string | null
  readonly nextText: string | null
}

interface PlacedRow {
  readonly corpus_id: number
  readonly name: string
  readonly aside_of: number | null
  readonly split: number
  readonly position: number
  readonly text: string
  readonly tokens: string
  readonly previous: string | null
  readonly next: string | null
}

export function readSentence(database: Database, sentenceId: number): PlacedSentence {
  const row = database.get<PlacedRow>(
    `SELECT s.corpus_id, name, aside_of, s.split, s.position, s.text, s.tokens,
       (SELECT text FROM sentence p WHERE p.doc_id = s.doc_id AND p.position = s.position - 1) AS previous,
       (SELECT text FROM sentence n WHERE n.doc_id = s.doc_id AND n.position = s.position + 1) AS next
     FROM sentence s JOIN corpus USING (corpus_id) WHERE sentence_id = ?`,
    sentenceId,
  )
  if (!row) throw new AppError('not-found', `There is no sentence ${sentenceId}. Open one from the list of its corpus.`)
  if (row.aside_of !== null)
    throw new AppError('not-found', `Sentence ${sentenceId} was joined with the one before it. Undo takes that back.`)
  return {
    sentenceId,
    corpusId: row.corpus_id,
    corpusName: row.name,
    split: splitAt(row.split),
    position: row.position,
    text: row.text,
    tokens: unpackTokens(row.tokens),
    previousText: row.previous,
    nextText: row.next,
  }
}

/** PlacedText: the text of a sentence with the places of its words. */
export interface PlacedText {
  readonly sentenceId: number
  readonly text: string
  readonly tokens: readonly Token[]
}

interface PlacedTextRow {
  readonly sentence_id: number
  readonly text: string
  readonly tokens: string
}

const toPlacedText = ({ sentence_id: sentenceId, text, tokens }: PlacedTextRow): PlacedText => ({
  ...{ sentenceId, text, tokens: unpackTokens(tokens) },
})

/** Reads sentences of a corpus behind one, in the order of their ids. */
export function readTextsAfter(database: Database, corpusId: number, sentenceId: number, limit: number): PlacedText[] {
  return database
    .all<PlacedTextRow>(
      // the sign keeps SQLite from sorting all sentences of the corpus
      'SELECT sentence_id, text, tokens FROM sentence WHERE +corpus_id = ? AND sentence_id > ? ORDER BY sentence_id LIMIT ?',
      ...[corpusId, sentenceId, limit],
    )
    .map(toPlacedText)
}

/** Reads the sentences of a corpus that are alike but for case, white space and punctuation, in the order of their ids. */
export function readAlike(database: Database, corpusId: number, text: string): PlacedText[] {
  return database
    .all<PlacedTextRow>(
      'SELECT sentence_id, text, tokens FROM sentence WHERE corpus_id = ? AND loose_hash = ? ORDER BY sentence_id',
      ...[corpusId, textHash(normalised(text))],
    )
    .map(toPlacedText)
}

/** Reads a split with its gold, in order. A sentence without words has nothing to learn or to score and is left out. */
export function readLabelled(database: Database, corpusId: number, split: Split): LabelledSentence[] {
  return [...readLabelledPages(database, corpusId, split)].flat()
}

/** The same, some sentences at each step. What is added or changed meanwhile is read as it is when its page is read. */
export function* readLabelledPages(
  database: Database,
  corpusId: number,
  split: Split,
): Generator<LabelledSentence[], void> {
  const symmetric = symmetricTypes(readLabelsOf(database, corpusId))
  for (const set of pagesOf(database, corpusId, split)) yield labelledOf(database, set, symmetric)
}

/** The words of a split's sentences, some at each step. */
export function* readWordPages(database: Database, corpusId: number, split: Split): Generator<SentenceWords[], void> {
  for (const { sql, values } of pagesOf(database, corpusId, split))
    yield database
      .all<{ text: string; tokens: string }>(`SELECT text, tokens FROM sentence WHERE sentence_id ${sql}`, ...values)
      .map(({ text, tokens }) => unpackWords(text, tokens))
}

function labelledOf(database: Database, set: SentenceSet, symmetric: SymmetricTypes): LabelledSentence[] {
  const rows = database.rawRows<[sentenceId: number, text: string, tokens: string, repeatedTriples: number]>(
    `SELECT sentence_id, text, tokens, repeated_triples FROM sentence WHERE sentence_id ${set.sql} ORDER BY split, position`,
    ...set.values,
  )
  const spans = readGoldSpans(database, set)
  const relations = readGoldRelations(database, set)
  const unanchored = readUnanchored(database, set)
  const labelled: LabelledSentence[] = []
  for (const [sentenceId, text, tokens, repeatedTriples] of rows) {
    const { words, pos } = unpackWords(text, tokens)
    if (words.length === 0) continue
    const own = spans.get(sentenceId)
    labelled.push({
      sentenceId,
      words,
      ...(pos && { pos }),
      spans: own?.spans ?? [],
      triples: own ? orderTriples(triplesOf(own, relations.get(sentenceId) ?? []), symmetric) : [],
      unanchored: orderTexts(unanchored.get(sentenceId) ?? [], symmetric),
      ...(symmetric.length > 0 && { symmetric }),
      ...(repeatedTriples > 0 && { repeatedTriples }),
      ...(own?.bounds && { roundedSpans: own.bounds.size }),
    })
  }
  return labelled
}

/** One triple per relation whose spans are both present. */
function triplesOf({ spans, ids }: GoldSpans, relations: readonly Relation[]): Triple[] {
  const triples: Triple[] = []
  const find = finderOf(ids)
  for (const { subject, type, object } of relations) {
    const [from, to] = [spans[find(subject)], spans[find(object)]]
    if (from && to) triples.push({ subject: from, type, object: to })
  }
  return triples
}

/** Answers with the place of an id; a few ids are looked through faster than a map of them is made. */
function finderOf(ids: readonly string[]): (id: string) => number {
  if (ids.length <= fewSpans) return (id) => ids.indexOf(id)
  const places = new Map(ids.map((id, at) => [id, at]))
  return (id) => places.get(id) ?? -1
}

const fewSpans = 8
