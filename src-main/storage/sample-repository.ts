/** SampleRepository: check samples of extractions, and what people said of their triples. */
import type { Verdict } from '#main/document/extracted-document'
import type { JudgedTriple } from '#main/evaluation/check-report'
import type { CheckItem, CheckSample, SampledTriple } from '#main/evaluation/check-sample'
import type { Database } from './database.ts'

export type NewSample = Pick<CheckSample, 'extractionId' | 'seed' | 'byRelation' | 'population' | 'createdMs'>

/** TriplePlace: the place of a triple as text, equal for the same triple of an extraction. */
export type TriplePlace = string

export interface SampleRepository {
  add(sample: NewSample, triples: readonly SampledTriple[]): number
  /** Undefined when there is none. */
  find(sampleId: number): CheckSample | undefined
  /** Samples of an extraction, the latest first. */
  list(extractionId: number): CheckSample[]
  /** Items in the order of the draw, without probabilities. */
  items(sampleId: number, offset: number, limit: number): CheckItem[]
  /** Says something else of an item, or nothing any more. False where there is no such item. */
  judge(sampleId: number, position: number, verdict: Verdict | null, author: string, nowMs: number): boolean
  judged(sampleId: number): JudgedTriple[]
  remove(sampleId: number): void
  /** Verdicts on the triples of some documents, by place; the latest counts. */
  verdicts(extractionId: number, from: number, end: number): Map<TriplePlace, Verdict>
}

interface SampleRow {
  readonly sample_id: number
  readonly extraction_id: number
  readonly seed: number
  readonly by_relation: number
  readonly population: string
  readonly created_ms: number
  readonly size: number
  readonly judged: number
}

const samples = `SELECT check_sample.*, count(item) AS size, count(verdict) AS judged
  FROM check_sample LEFT JOIN check_item USING (sample_id)`

export function createSampleRepository(database: Database): SampleRepository {
  return {
    add: ({ extractionId, seed, byRelation, population, createdMs }, triples) =>
      database.transaction(() => {
        const { lastId } = database.run(
          'INSERT INTO check_sample (extraction_id, seed, by_relation, population, created_ms) VALUES (?, ?, ?, ?, ?)',
          ...[extractionId, seed, Number(byRelation), JSON.stringify(population), createdMs],
        )
        for (const [position, triple] of triples.entries())
          database.run(
            `INSERT INTO check_item (sample_id, position, document_position, relation, subject_start, subject_end, object_start,
               object_end, item) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            ...[lastId, position, triple.documentPosition, triple.relation, triple.subject.start, triple.subject.end],
            ...[triple.object.start, triple.object.end, JSON.stringify(triple)],
          )
        return lastId
      }),
    find(sampleId) {
      const row = database.get<SampleRow>(`${samples} WHERE sample_id = ? GROUP BY sample_id`, sampleId)
      return row && toSample(row)
    },
    list: (extractionId) =>
      database
        .all<SampleRow>(`${samples} WHERE extraction_id = ? GROUP BY sample_id ORDER BY sample_id DESC`, extractionId)
        .map(toSample),
    items: (sampleId, offset, limit) =>
      database
        .all<{ position: number; item: string; verdict: Verdict | null }>(
          'SELECT position, item, verdict FROM check_item WHERE sample_id = ? ORDER BY position LIMIT ? OFFSET ?',
          ...[sampleId, limit, offset],
        )
        .map(toItem),
    judge: (sampleId, position, verdict, author, nowMs) =>
      database.run(
        'UPDATE check_item SET verdict = ?, judged_by = ?, judged_ms = ? WHERE sample_id = ? AND position = ?',
        ...[verdict, verdict && author, verdict && nowMs, sampleId, position],
      ).changes > 0,
    judged: (sampleId) =>
      database
        .all<{ item: string; verdict: Verdict | null }>(
          'SELECT item, verdict FROM check_item WHERE sample_id = ? ORDER BY position',
          sampleId,
        )
        .map(({ item, verdict }) => ({ triple: JSON.parse(item) as SampledTriple, verdict })), // written by add alone
    remove: (sampleId) => void database.run('DELETE FROM check_sample WHERE sample_id = ?', sampleId),
    verdicts(extractionId, from, end) {
      const rows = database.all<{ place: string; verdict: Verdict }>(
        `SELECT json_array(document_position, relation, subject_start, subject_end, object_start, object_end) AS place, verdict
         FROM check_sample JOIN check_item USING (sample_id)
         WHERE extraction_id = ? AND verdict IS NOT NULL AND document_position >= ? AND document_position < ?
         ORDER BY judged_ms`,
        ...[extractionId, from, end],
      )
      return new Map(rows.map(({ place, verdict }) => [place, verdict]))
    },
  }
}

export function placeOf(
  documentPosition: number,
  { relation, subject, object }: Pick<SampledTriple, 'relation' | 'subject' | 'object'>,
): TriplePlace {
  return JSON.stringify([documentPosition, relation, subject.start, subject.end, object.start, object.end])
}

function toSample(row: SampleRow): CheckSample {
  return {
    ...{ sampleId: row.sample_id, extractionId: row.extraction_id, seed: row.seed, byRelation: row.by_relation === 1 },
    population: JSON.parse(row.population) as CheckSample['population'], // written by add alone
    ...{ createdMs: row.created_ms, size: row.size, judged: row.judged },
  }
}

function toItem(row: { position: number; item: string; verdict: Verdict | null }): CheckItem {
  const { document, sentence, sentenceStart, subject, relation, object } = JSON.parse(row.item) as SampledTriple // as above
  const bare = ({ text, start, end, type }: SampledTriple['subject']): CheckItem['subject'] => ({
    text,
    start,
    end,
    type,
  })
  return {
    ...{ position: row.position, document, sentence, sentenceStart, relation, verdict: row.verdict },
    ...{ subject: bare(subject), object: bare(object) },
  }
}
