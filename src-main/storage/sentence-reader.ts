/** Reads sentences as training, scoring and annotating need them. */
import { AppError } from '#main/core/errors'
import type { Split, Token } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { toTriples, type Relation } from '#main/document/relation'
import { readUnanchored } from './annotation-rows.ts'
import type { Database } from './database.ts'
import { bySplit, type SentenceSet } from './sentence-set.ts'
import { splitAt, splitIndex, unpackTokens, unpackWords } from './words.ts'

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
  readonly split: number
  readonly position: number
  readonly text: string
  readonly tokens: string
  readonly previous: string | null
  readonly next: string | null
}

export function readSentence(database: Database, sentenceId: number): PlacedSentence {
  const row = database.get<PlacedRow>(
    `SELECT s.corpus_id, name, s.split, s.position, s.text, s.tokens,
       (SELECT text FROM sentence p WHERE p.doc_id = s.doc_id AND p.position = s.position - 1) AS previous,
       (SELECT text FROM sentence n WHERE n.doc_id = s.doc_id AND n.position = s.position + 1) AS next
     FROM sentence s JOIN corpus USING (corpus_id) WHERE sentence_id = ?`,
    sentenceId,
  )
  if (!row) throw new AppError('not-found', `There is no sentence ${sentenceId}. Open one from the list of its corpus.`)
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

/** Reads a split with its gold, in order. A sentence without words has nothing to learn or to score and is left out. */
export function readLabelled(database: Database, corpusId: number, split: Split): LabelledSentence[] {
  return labelledOf(database, bySplit(corpusId, split))
}

/** Number of positions that are read together. */
const pageLength = 500

/** The same, some sentences at each step. What is added or changed meanwhile is read as it is when its page is read. */
export function* readLabelledPages(
  database: Database,
  corpusId: number,
  split: Split,
): Generator<LabelledSentence[], void> {
  for (const set of pagesOf(database, corpusId, split)) yield labelledOf(database, set)
}

/** The sentences of a split by position, some at each step. */
function* pagesOf(database: Database, corpusId: number, split: Split): Generator<SentenceSet, void> {
  for (let from = 0; ; from += pageLength) {
    const last = database.get<{ last: number | null }>(
      'SELECT max(position) AS last FROM sentence WHERE corpus_id = ? AND split = ?',
      ...[corpusId, splitIndex(split)],
    )?.last
    if (from >= (last ?? 0)) return
    yield {
      sql: 'SELECT sentence_id FROM sentence WHERE corpus_id = ? AND split = ? AND position > ? AND position <= ?',
      values: [corpusId, splitIndex(split), from, from + pageLength],
    }
  }
}

interface GoldSpanRow {
  readonly sentence_id: number
  readonly id: string
  readonly start: number
  readonly end: number
  readonly label: string
  readonly start_char: number | null
}
type GoldRelationRow = Relation & { readonly sentence_id: number }

/** Reads the columns alone that gold is made of: whole annotations take twice the time. */
function labelledOf(database: Database, { sql, values }: SentenceSet): LabelledSentence[] {
  const rows = database.all<{ sentence_id: number; text: string; tokens: string; repeated_triples: number }>(
    `SELECT sentence_id, text, tokens, repeated_triples FROM sentence WHERE sentence_id IN (${sql}) ORDER BY split, position`,
    ...values,
  )
  const spans = bySentence(
    database.all<GoldSpanRow>(
      `SELECT sentence_id, span_id AS id, start_token AS start, end_token AS "end", label, start_char FROM span
       WHERE sentence_id IN (${sql}) ORDER BY sentence_id, position`,
      ...values,
    ),
  )
  const relations = bySentence(
    database.all<GoldRelationRow>(
      `SELECT sentence_id, relation_id AS id, subject, type, object FROM relation
       WHERE sentence_id IN (${sql}) ORDER BY sentence_id, position`,
      ...values,
    ),
  )
  const unanchored = readUnanchored(database, { sql, values })
  return rows.flatMap(({ sentence_id: sentenceId, text, tokens, repeated_triples: repeatedTriples }) => {
    const sentence = unpackWords(text, tokens)
    if (sentence.words.length === 0) return []
    const own = spans.get(sentenceId) ?? []
    const roundedSpans = own.filter(({ start_char: from }) => from !== null).length
    return {
      sentenceId,
      ...sentence,
      spans: own.map(({ start, end, label }) => ({ start, end, label })),
      triples: toTriples(own, relations.get(sentenceId) ?? []),
      unanchored: unanchored.get(sentenceId) ?? [],
      ...(repeatedTriples > 0 && { repeatedTriples }),
      ...(roundedSpans > 0 && { roundedSpans }),
    }
  })
}

function bySentence<Row extends { readonly sentence_id: number }>(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, ({ sentence_id: sentenceId }) => sentenceId)
}
