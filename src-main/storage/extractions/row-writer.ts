/** Writes rows of extracted sentences. They are kept in memory, with what they count, and written by `flush`, in one transaction. */
import type { ExtractedSentence, ExtractedTriple } from '#main/document/extracted-document'
import { dividedText } from '#main/text/divided'
import type { Database } from '../database.ts'
import { createEntityRows } from './entity-rows.ts'
import { createManyRows } from './many-rows.ts'
import { createPairRows } from './pair-rows.ts'

/** Nothing else may write rows of any extraction meanwhile: the writer gives them their ids. */
export interface RowWriter {
  beginDocument(position: number, name: string): void
  /** Number of triples of a document that are rows already. */
  triplesThere(position: number): number
  /** Adds the triples of a sentence from the `from`th up to the `to`th, and the sentence with its first. */
  addTriples(position: number, sentence: ExtractedSentence, from: number, to: number): void
  /** Says that the documents before this position are rows with all that they hold. */
  passDocuments(position: number): void
  flush(): void
}

const tripleColumns = `triple_id, extraction_id, position, sentence_id, pair_id, subject, subject_type, subject_start, subject_end,
  relation, object, object_type, object_start, object_end, probability, calibrated, plausibility`

/** @param database that of the results, which has a row of `listing` for the extraction. */
export function createRowWriter(database: Database, extractionId: number): RowWriter {
  const entityRows = createEntityRows(database, extractionId)
  const pairRows = createPairRows(database, extractionId)
  const sums = { triples: 0, listed: 0 }
  const relations = new Map<string, number>()
  const types = new Map<string, { subjects: number; objects: number }>()
  const ofDocuments = new Map<number, number>()
  const documents = createManyRows(
    ...([database, 'extracted_document', 'extraction_id, position, name, first_triple, triples'] as const),
    'ON CONFLICT DO NOTHING',
  )
  const sentences = createManyRows(
    ...([database, 'extracted_sentence'] as const),
    'sentence_id, extraction_id, position, start, first_triple, triples, text',
  )
  const texts = createManyRows(database, 'extracted_text', 'rowid, text')
  const triples = createManyRows(database, 'extracted_triple', tripleColumns)
  const lastOf = (id: string, table: string): number =>
    database.get<{ last: number | null }>(`SELECT max(${id}) AS last FROM ${table}`)?.last ?? 0
  let lastTriple = lastOf('triple_id', 'extracted_triple')
  let lastSentence = lastOf('sentence_id', 'extracted_sentence')
  let isContinued = true

  function beginSentence(position: number, { start, text, triples: { length } }: ExtractedSentence): void {
    sentences.add(++lastSentence, extractionId, position, start, lastTriple + 1, length, text)
    texts.add(lastSentence, dividedText(text) ?? text)
    pairRows.beginSentence()
    isContinued = false
  }

  /** Goes on with the sentence that was added last, which the writer before this one had begun. */
  function continueSentence(): void {
    pairRows.continueSentence(
      database.column<number>(
        `SELECT DISTINCT pair_id FROM extracted_sentence JOIN extracted_triple AS t ON triple_id >= first_triple
         WHERE extracted_sentence.sentence_id = ?`,
        lastSentence,
      ),
    )
    isContinued = false
  }

  function addTriple(position: number, triple: ExtractedTriple): void {
    const { subject, relation, object, probability, calibratedProbability = null, plausibility = null } = triple
    const pairId = pairRows.count({
      ...{ subject: entityRows.mention(subject), relation, object: entityRows.mention(object) },
      ...{ probability, position },
    })
    triples.add(
      ...[++lastTriple, extractionId, position, lastSentence, pairId],
      ...[subject.text, subject.type, subject.start, subject.end],
      ...[
        relation,
        object.text,
        object.type,
        object.start,
        object.end,
        probability,
        calibratedProbability,
        plausibility,
      ],
    )
    relations.set(relation, (relations.get(relation) ?? 0) + 1)
    typeCount(subject.type).subjects++
    typeCount(object.type).objects++
  }

  function typeCount(type: string): { subjects: number; objects: number } {
    const count = types.get(type) ?? { subjects: 0, objects: 0 }
    types.set(type, count)
    return count
  }

  function flushCounts(): void {
    for (const [relation, count] of relations)
      database.run(
        'INSERT INTO extracted_relation VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET triples = triples + excluded.triples',
        ...[extractionId, relation, count],
      )
    for (const [type, { subjects, objects }] of types)
      database.run(
        `INSERT INTO extracted_type VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET subjects = subjects + excluded.subjects, objects = objects + excluded.objects`,
        ...[extractionId, type, subjects, objects],
      )
    for (const [position, count] of ofDocuments)
      database.run(
        'UPDATE extracted_document SET triples = triples + ? WHERE extraction_id = ? AND position = ?',
        ...[count, extractionId, position],
      )
    for (const counted of [relations, types, ofDocuments]) counted.clear()
  }

  return {
    beginDocument: (position, name) => documents.add(extractionId, position, name, lastTriple + 1, 0),
    triplesThere: (position) =>
      database.get<{ triples: number }>(
        'SELECT triples FROM extracted_document WHERE extraction_id = ? AND position = ?',
        ...[extractionId, position],
      )?.triples ?? 0,
    addTriples(position, sentence, from, to) {
      if (from === 0) beginSentence(position, sentence)
      else if (isContinued) continueSentence()
      for (const triple of sentence.triples.slice(from, to)) addTriple(position, triple)
      ofDocuments.set(position, (ofDocuments.get(position) ?? 0) + to - from)
      sums.triples += to - from
    },
    passDocuments: (position) => void (sums.listed = position),
    flush() {
      for (const rows of [documents, sentences, texts]) rows.flush()
      const [entities, pairs] = [entityRows.flush(), pairRows.flush()]
      triples.flush()
      flushCounts()
      database.run(
        `UPDATE listing SET listed = max(listed, ?), triples = triples + ?, pairs = pairs + ?,
           entities = entities + ? WHERE extraction_id = ?`,
        ...[sums.listed, sums.triples, pairs, entities, extractionId],
      )
      sums.triples = 0
    },
  }
}
