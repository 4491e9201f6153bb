/** Rows of pairs: subject, relation and object with their support. It is added up in memory and written by `flush`. */
import type { Database } from '../database.ts'
import type { Mention } from './entity-rows.ts'
import { createKnownKeys } from './known-keys.ts'
import { createManyRows } from './many-rows.ts'

/** A triple as its pair counts it. */
export interface PairedTriple {
  readonly subject: Mention
  readonly relation: string
  readonly object: Mention
  readonly probability: number
  /** Position of its document; positions never fall. */
  readonly position: number
}

export interface PairRows {
  /** Says that the triples which follow are of another sentence. */
  beginSentence(): void
  /** Says that the triples which follow are of a sentence that has these pairs already. */
  continueSentence(pairIds: Iterable<number>): void
  /** Counts a triple; answers with the id of its pair. */
  count(triple: PairedTriple): number
  /** Writes what was counted; answers with the number of pairs that are new. */
  flush(): number
}

interface Support {
  readonly isNew: boolean
  readonly first: PairedTriple
  triples: number
  best: number
  probabilities: number
  sentences: number
  documents: number
  lastDocument: number
}

const nameOf = ({ subject, relation, object }: PairedTriple): string => `${subject.key}\t${relation}\t${object.key}`

export function createPairRows(database: Database, extractionId: number): PairRows {
  const known = createKnownKeys<number>()
  const support = new Map<number, Support>()
  /** Ids that were given since the last flush. */
  const added = new Set<number>()
  let ofSentence = new Set<number>()
  const pairs = createManyRows(
    ...([database, 'extracted_pair'] as const),
    'pair_id, extraction_id, subject_id, relation, object_id, name, triples, sentences, documents, best, probabilities, last_document',
  )
  let lastId = database.get<{ id: number | null }>('SELECT max(pair_id) AS id FROM extracted_pair')?.id ?? 0

  function pairOf({
    subject: { entityId: subjectId },
    relation,
    object: { entityId: objectId },
  }: PairedTriple): number {
    return known.of(`${subjectId} ${objectId} ${relation}`, () => {
      const found = database.get<{ id: number }>(
        'SELECT pair_id AS id FROM extracted_pair WHERE subject_id = ? AND object_id = ? AND relation = ?',
        ...[subjectId, objectId, relation],
      )
      if (!found) added.add(++lastId)
      return found?.id ?? lastId
    })
  }

  function supportOf(pairId: number, first: PairedTriple): Support {
    const counted = support.get(pairId)
    if (counted) return counted
    const sums = { triples: 0, best: 0, probabilities: 0, sentences: 0, documents: 0, lastDocument: -1 }
    const begun = { isNew: added.has(pairId), first, ...sums }
    support.set(pairId, begun)
    return begun
  }

  return {
    beginSentence: () => ofSentence.clear(),
    continueSentence: (pairIds) => void (ofSentence = new Set(pairIds)),
    count(triple) {
      const pairId = pairOf(triple)
      const pair = supportOf(pairId, triple)
      pair.triples++
      pair.best = Math.max(pair.best, triple.probability)
      pair.probabilities += triple.probability
      if (!ofSentence.has(pairId)) pair.sentences++
      ofSentence.add(pairId)
      if (pair.lastDocument !== triple.position) pair.documents++
      pair.lastDocument = triple.position
      return pairId
    },
    flush() {
      for (const [
        pairId,
        { isNew, first, triples, sentences, documents, best, probabilities, lastDocument },
      ] of support)
        if (isNew)
          pairs.add(
            ...[pairId, extractionId, first.subject.entityId, first.relation, first.object.entityId, nameOf(first)],
            ...[triples, sentences, documents, best, probabilities, lastDocument],
          )
        else
          database.run(
            `UPDATE extracted_pair SET triples = triples + ?, best = max(best, ?), probabilities = probabilities + ?,
               sentences = sentences + ?, documents = documents + ? - (last_document = ?), last_document = ? WHERE pair_id = ?`,
            ...[triples, best, probabilities, sentences, documents, first.position, lastDocument, pairId],
          )
      pairs.flush()
      const count = added.size
      for (const counted of [support, added]) counted.clear()
      return count
    },
  }
}
