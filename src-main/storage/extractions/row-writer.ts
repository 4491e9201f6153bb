/** Writes rows of extracted sentences. What they count is added up in memory and written by `flush`, in the same transaction. */
import type { ExtractedSentence, ExtractedSpan, ExtractedTriple } from '#main/document/extracted-document'
import { dividedText } from '#main/text/divided'
import { nameKey } from '#main/text/name-key'
import type { Database } from '../database.ts'

export interface RowWriter {
  beginDocument(position: number, name: string): void
  /** Number of sentences of a document that are rows already. */
  sentencesThere(position: number): number
  /** Adds a sentence with all its triples. */
  addSentence(position: number, sentence: ExtractedSentence): void
  /** Says that the documents before this position are rows with all that they hold. */
  passDocuments(position: number): void
  flush(): void
}

/** What a chunk adds to a pair. */
interface PairCount {
  triples: number
  best: number
  probabilities: number
  sentences: number
  lastSentence: number
  /** Positions of its documents in this chunk. */
  readonly documents: Set<number>
}

/** Ids that are remembered, so that names that come again are not looked up again. */
const mostRemembered = 100_000

export function createRowWriter(database: Database, extractionId: number): RowWriter {
  const entityIds = new Map<string, number>()
  const pairIds = new Map<string, number>()
  const sums = { triples: 0, pairs: 0, entities: 0, listed: 0 }
  const mentions = new Map<number, number>()
  const names = new Map<string, { readonly entityId: number; readonly span: ExtractedSpan; count: number }>()
  const pairs = new Map<number, PairCount>()
  const relations = new Map<string, number>()
  const types = new Map<string, { subjects: number; objects: number }>()
  const documents = new Map<number, number>()

  function addTriple(position: number, sentenceId: number, triple: ExtractedTriple): void {
    const { subject, relation, object, probability, calibratedProbability = null, plausibility = null } = triple
    const subjectId = mention(subject)
    const objectId = mention(object)
    const pairId = pairOf(subjectId, relation, objectId)
    const pair = pairs.get(pairId) ?? emptyPair()
    pairs.set(pairId, pair)
    pair.triples++
    pair.best = Math.max(pair.best, probability)
    pair.probabilities += probability
    if (pair.lastSentence !== sentenceId) pair.sentences++
    pair.lastSentence = sentenceId
    pair.documents.add(position)
    database.run(
      `INSERT INTO extracted_triple (extraction_id, position, sentence_id, pair_id, subject, subject_type, subject_start, subject_end,
         relation, object, object_type, object_start, object_end, probability, calibrated, plausibility)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[extractionId, position, sentenceId, pairId, subject.text, subject.type, subject.start, subject.end],
      ...[relation, object.text, object.type, object.start, object.end, probability],
      ...[calibratedProbability, plausibility],
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

  /** Counts a mention of an entity; answers with its id. */
  function mention(span: ExtractedSpan): number {
    const entityId = entityOf(nameKey(span.text))
    mentions.set(entityId, (mentions.get(entityId) ?? 0) + 1)
    const key = `${entityId}\n${span.type}\n${span.text}`
    const name = names.get(key) ?? { entityId, span, count: 0 }
    names.set(key, name)
    name.count++
    return entityId
  }

  function entityOf(key: string): number {
    return remember(entityIds, key, () => {
      const found = database.get<{ id: number }>(
        'SELECT entity_id AS id FROM extracted_entity WHERE extraction_id = ? AND name_key = ?',
        ...[extractionId, key],
      )
      if (found) return found.id
      const { lastId } = database.run(
        'INSERT INTO extracted_entity (extraction_id, name_key) VALUES (?, ?)',
        ...[extractionId, key],
      )
      database.run('INSERT INTO extracted_entity_text (rowid, text) VALUES (?, ?)', lastId, dividedText(key) ?? key)
      sums.entities++
      return lastId
    })
  }

  function pairOf(subjectId: number, relation: string, objectId: number): number {
    return remember(pairIds, `${subjectId} ${objectId} ${relation}`, () => {
      const found = database.get<{ id: number }>(
        'SELECT pair_id AS id FROM extracted_pair WHERE subject_id = ? AND relation = ? AND object_id = ?',
        ...[subjectId, relation, objectId],
      )
      if (found) return found.id
      sums.pairs++
      return database.run(
        'INSERT INTO extracted_pair (extraction_id, subject_id, relation, object_id) VALUES (?, ?, ?, ?)',
        ...[extractionId, subjectId, relation, objectId],
      ).lastId
    })
  }

  function flushPairs(): void {
    for (const [pairId, pair] of pairs) {
      const [first = -1] = pair.documents
      const last = [...pair.documents].at(-1) ?? first
      database.run(
        `UPDATE extracted_pair SET triples = triples + ?, best = max(best, ?), probabilities = probabilities + ?,
           sentences = sentences + ?, documents = documents + ? - (last_document = ?), last_document = ? WHERE pair_id = ?`,
        ...[pair.triples, pair.best, pair.probabilities, pair.sentences, pair.documents.size, first, last, pairId],
      )
    }
    pairs.clear()
  }

  function flushCounts(): void {
    for (const [entityId, count] of mentions)
      database.run('UPDATE extracted_entity SET mentions = mentions + ? WHERE entity_id = ?', count, entityId)
    for (const { entityId, span, count } of names.values())
      database.run(
        `INSERT INTO extracted_name (entity_id, text, type, mentions) VALUES (?, ?, ?, ?)
         ON CONFLICT (entity_id, text, type) DO UPDATE SET mentions = mentions + excluded.mentions`,
        ...[entityId, span.text, span.type, count],
      )
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
    for (const [position, count] of documents)
      database.run(
        'UPDATE extracted_document SET triples = triples + ? WHERE extraction_id = ? AND position = ?',
        ...[count, extractionId, position],
      )
    for (const counted of [mentions, names, relations, types, documents]) counted.clear()
  }

  return {
    beginDocument: (position, name) =>
      void database.run(
        `INSERT OR IGNORE INTO extracted_document (extraction_id, position, name, first_triple, triples)
         VALUES (?, ?, ?, (SELECT coalesce(max(triple_id), 0) + 1 FROM extracted_triple), 0)`,
        ...[extractionId, position, name],
      ),
    sentencesThere: (position) =>
      database.get<{ sentences: number }>(
        `SELECT count(DISTINCT sentence_id) AS sentences FROM extracted_triple WHERE extraction_id = ? AND position = ?`,
        ...[extractionId, position],
      )?.sentences ?? 0,
    addSentence(position, { text, start, triples }) {
      const sentenceId = database.run(
        `INSERT INTO extracted_sentence (extraction_id, position, start, first_triple, triples, text)
         VALUES (?, ?, ?, (SELECT coalesce(max(triple_id), 0) + 1 FROM extracted_triple), ?, ?)`,
        ...[extractionId, position, start, triples.length, text],
      ).lastId
      database.run('INSERT INTO extracted_text (rowid, text) VALUES (?, ?)', sentenceId, dividedText(text) ?? text)
      for (const triple of triples) addTriple(position, sentenceId, triple)
      documents.set(position, (documents.get(position) ?? 0) + triples.length)
      sums.triples += triples.length
    },
    passDocuments: (position) => void (sums.listed = position),
    flush() {
      flushPairs()
      flushCounts()
      database.run(
        `UPDATE extraction SET listed = max(listed, ?), listed_triples = listed_triples + ?, pairs = pairs + ?,
           entities = entities + ? WHERE extraction_id = ?`,
        ...[sums.listed, sums.triples, sums.pairs, sums.entities, extractionId],
      )
      Object.assign(sums, { triples: 0, pairs: 0, entities: 0 })
    },
  }
}

function emptyPair(): PairCount {
  return { triples: 0, best: 0, probabilities: 0, sentences: 0, lastSentence: 0, documents: new Set() }
}

function remember(ids: Map<string, number>, key: string, find: () => number): number {
  const known = ids.get(key)
  if (known !== undefined) return known
  if (ids.size >= mostRemembered) ids.clear()
  const id = find()
  ids.set(key, id)
  return id
}
