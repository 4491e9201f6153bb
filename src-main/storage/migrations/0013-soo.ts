/** SOO: sentences in which one string of a triple is part of the other get a bit of their own among the overlap classes. */
import type { Database } from '../database.ts'
import { unpackTokens, wordsOf } from '../words.ts'
import type { Migration } from './migration.ts'

/** Number of sentences that are read at a time, so that a corpus of any size fits in memory. */
const chunkLength = 1000
const sooBit = 8

interface SentenceRow {
  readonly sentence_id: number
  readonly text: string
  readonly tokens: string
}

/** The tokens of a relation's spans, or the strings of a triple whose words are not in the sentence. */
type TripleRow = { readonly sentence_id: number } & (
  | { readonly subject: string; readonly object: string }
  | { readonly s: number; readonly s_end: number; readonly o: number; readonly o_end: number }
)

export const soo: Migration = {
  name: '0013-soo',
  sql: '',
  fill(database) {
    for (let from = 0, rows = readChunk(database, from); rows.length > 0; rows = readChunk(database, from)) {
      const first = rows[0]?.sentence_id ?? from
      from = rows.at(-1)?.sentence_id ?? from
      const words = new Map(rows.map(({ sentence_id: id, text, tokens }) => [id, wordsOf(text, unpackTokens(tokens))]))
      const found = readTriples(database, first, from).filter((triple) => isSoo(triple, words.get(triple.sentence_id)))
      for (const sentenceId of new Set(found.map(({ sentence_id }) => sentence_id)))
        database.run('UPDATE sentence SET overlap = overlap | ? WHERE sentence_id = ?', sooBit, sentenceId)
    }
  },
}

/** The next sentences with triples behind a number. */
function readChunk(database: Database, from: number): SentenceRow[] {
  return database.all<SentenceRow>(
    'SELECT sentence_id, text, tokens FROM sentence WHERE triple_count > 0 AND sentence_id > ? ORDER BY sentence_id LIMIT ?',
    ...[from, chunkLength],
  )
}

function readTriples(database: Database, first: number, last: number): TripleRow[] {
  const anchored = database.all<TripleRow>(
    `SELECT relation.sentence_id, s.start_token AS s, s.end_token AS s_end, o.start_token AS o, o.end_token AS o_end
       FROM relation
       JOIN span AS s ON s.sentence_id = relation.sentence_id AND s.span_id = relation.subject
       JOIN span AS o ON o.sentence_id = relation.sentence_id AND o.span_id = relation.object
      WHERE relation.sentence_id BETWEEN ? AND ?`,
    ...[first, last],
  )
  const unanchored = database.all<TripleRow>(
    'SELECT sentence_id, subject, object FROM unanchored WHERE sentence_id BETWEEN ? AND ?',
    ...[first, last],
  )
  return [...anchored, ...unanchored]
}

function isSoo(triple: TripleRow, words: readonly string[] = []): boolean {
  const textOf = (start: number, end: number): string => words.slice(start, end).join(' ')
  const [subject, object] =
    'subject' in triple
      ? [triple.subject, triple.object]
      : [textOf(triple.s, triple.s_end), textOf(triple.o, triple.o_end)]
  return subject.includes(object) || object.includes(subject)
}
