/** Reads whole rows of a page whose ids are known. */
import type { Plausibility, Verdict } from '#main/document/extracted-document'
import type { ExtractedRow } from '#main/document/extracted-row'
import { excerptsOf } from '#main/document/sentence-excerpt'
import type { Database } from '../database.ts'
import { sameTriple } from './row-list.ts'

interface Found {
  readonly triple_id: number
  readonly position: number
  readonly document: string
  readonly subject: string
  readonly subject_type: string
  readonly subject_start: number
  readonly subject_end: number
  readonly subject_id: number
  readonly subject_name: number
  readonly relation: string
  readonly object: string
  readonly object_type: string
  readonly object_start: number
  readonly object_end: number
  readonly object_id: number
  readonly object_name: number
  readonly probability: number
  readonly calibrated: number | null
  readonly plausibility: Plausibility | null
  readonly verdict: Verdict | null
  readonly sentence_id: number
  readonly other: number | null
}

/** @param againstId the extraction that the rows are compared with. */
export function readRows(database: Database, tripleIds: readonly number[], againstId: number | null): ExtractedRow[] {
  const other = `(SELECT o.probability FROM extracted_triple AS o WHERE o.extraction_id = ? AND ${sameTriple('o')})`
  // an item that stands in several samples counts as it was judged last
  const verdict = `(SELECT i.verdict FROM check_sample JOIN check_item AS i USING (sample_id)
    WHERE check_sample.extraction_id = t.extraction_id AND i.document_position = t.position AND i.verdict IS NOT NULL
      AND i.subject_start = t.subject_start AND i.subject_end = t.subject_end AND i.object_start = t.object_start
      AND i.object_end = t.object_end AND i.relation = t.relation ORDER BY judged_ms DESC LIMIT 1)`
  const nameOf = (end: string): string => `(SELECT name_id FROM extracted_name AS n
    WHERE n.entity_id = ${end}_id AND n.text = t.${end} AND n.type = t.${end}_type) AS ${end}_name`
  const rows = database.all<Found>(
    `SELECT t.*, d.name AS document, subject_id, object_id, ${other} AS other, ${verdict} AS verdict,
       ${nameOf('subject')}, ${nameOf('object')}
     FROM json_each(?) JOIN extracted_triple AS t ON t.triple_id = value
       JOIN extracted_document AS d ON d.extraction_id = t.extraction_id AND d.position = t.position
       JOIN extracted_pair USING (pair_id)`,
    ...[againstId, JSON.stringify(tripleIds)],
  )
  const byId = new Map(rows.map((row) => [row.triple_id, row]))
  const excerpts = readExcerpts(
    database,
    rows.map((row) => row.sentence_id),
  )
  return tripleIds.flatMap((id) => {
    const row = byId.get(id)
    return row ? [{ ...toRow(row, excerpts), ...(againstId === null ? {} : { otherProbability: row.other }) }] : []
  })
}

type Excerpts = ReadonlyMap<number, ReturnType<typeof excerptsOf>>

/** What stands beside the triples of these sentences. Each sentence is read once, since a page of triples may be of one that is a book. */
function readExcerpts(database: Database, sentenceIds: readonly number[]): Excerpts {
  const sentences = database.all<{ id: number; text: string; start: number }>(
    'SELECT sentence_id AS id, text, start FROM json_each(?) JOIN extracted_sentence ON sentence_id = value',
    JSON.stringify([...new Set(sentenceIds)]),
  )
  return new Map(sentences.map(({ id, text, start }) => [id, excerptsOf({ text, start })]))
}

function toRow(row: Found, excerpts: Excerpts): ExtractedRow {
  const [subject, object] = [
    { start: row.subject_start, end: row.subject_end },
    { start: row.object_start, end: row.object_end },
  ]
  const { text = '', start = 0 } = excerpts.get(row.sentence_id)?.(subject, object) ?? {}
  return {
    ...{ tripleId: row.triple_id, document: row.document, position: row.position },
    subject: {
      ...{ text: row.subject, type: row.subject_type },
      ...{ ...subject, entityId: row.subject_id, nameId: row.subject_name },
    },
    relation: row.relation,
    object: {
      ...{ text: row.object, type: row.object_type },
      ...{ ...object, entityId: row.object_id, nameId: row.object_name },
    },
    ...{ probability: row.probability, sentence: text, sentenceStart: start },
    ...(row.calibrated !== null && { calibratedProbability: row.calibrated }),
    ...(row.plausibility !== null && { plausibility: row.plausibility }),
    ...(row.verdict !== null && { verdict: row.verdict }),
  }
}
