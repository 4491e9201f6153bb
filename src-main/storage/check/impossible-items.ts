/** Spans that lie outside of their sentence, and relations that lack one of their spans: no act makes them, only damage does. */
import type { Change } from '#main/document/operation'
import { readAnnotations } from '../annotation-rows.ts'
import type { Database } from '../database.ts'
import { byIds } from '../sentence-set.ts'
import type { LogDifference } from './log-check.ts'

/** Number of words of a sentence; tokens with parts of speech are packed as an object. */
const wordCount = `json_array_length(tokens, iif(json_type(tokens) = 'object', '$.offsets', '$')) / 2`

/** Sentences with such spans or relations. */
const impossible = `SELECT sentence_id FROM span JOIN sentence USING (sentence_id)
  WHERE start_token < 0 OR end_token <= start_token OR end_token > ${wordCount}
  UNION SELECT sentence_id FROM relation
  WHERE NOT EXISTS (SELECT 1 FROM span WHERE span.sentence_id = relation.sentence_id AND span_id = relation.subject)
     OR NOT EXISTS (SELECT 1 FROM span WHERE span.sentence_id = relation.sentence_id AND span_id = relation.object)`

export function sentencesWithImpossible(database: Database): readonly number[] {
  return database.column<number>(impossible)
}

/** For each such sentence, the changes that take them out. */
export function impossibleItems(database: Database): readonly LogDifference[] {
  return sentencesWithImpossible(database).map((sentenceId) => {
    const { spans = [], relations = [] } = readAnnotations(database, byIds([sentenceId])).get(sentenceId) ?? {}
    const [tokens] = database.column<number>(`SELECT ${wordCount} FROM sentence WHERE sentence_id = ?`, sentenceId)
    const going = spans.filter(({ start, end }) => start < 0 || end <= start || end > (tokens ?? 0))
    const staying = new Set(spans.filter((span) => !going.includes(span)).map(({ id }) => id))
    const loose = relations.filter(({ subject, object }) => !staying.has(subject) || !staying.has(object))
    const changes: Change[] = [
      ...loose.map((before) => ({ kind: 'relation' as const, before, after: null })),
      ...going.map((before) => ({ kind: 'span' as const, before, after: null })),
    ]
    return { sentenceId, changes }
  })
}
