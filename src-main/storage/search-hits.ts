/** Search: what a person typed becomes queries of the full-text indexes, and those become ids of sentences. */
import { dividedText } from '#main/text/divided'
import { hasUnspaced } from '#main/text/unspaced'
import type { Database } from './database.ts'
import type { Condition } from './condition.ts'

/** A query of each index; null for an index that cannot add anything. */
interface SearchQueries {
  readonly words: string | null
  /** Of sentences in scripts that set no words apart. */
  readonly letters: string
}

/** Number of ids of sentences that one step looks at in the index of letters. */
const idsAtOnce = 50_000

/**
 * Turns a search into queries: words are prefixes, "..." is a phrase, all must occur; of words in scripts that set none apart any part is
 * found. Everything is quoted, so that no search is a syntax error. Null when the search holds nothing but punctuation, which is not indexed.
 */
export function searchQueries(search: string): SearchQueries | null {
  const terms = Array.from(search.replaceAll('\0', '').matchAll(/"([^"]*)"?|[^\s"]+/g), ({ 0: whole, 1: phrase }) => ({
    text: phrase ?? whole,
    isPhrase: phrase !== undefined,
  })).filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
  if (terms.length === 0) return null
  const query = (of: (text: string) => string): string =>
    terms.map(({ text, isPhrase }) => `"${of(text)}"${isPhrase || endsUnspaced(text) ? '' : '*'}`).join(' ')
  return {
    words: terms.some(({ text }) => hasUnspaced(text)) ? null : query((text) => text),
    letters: query((text) => dividedText(text) ?? text),
  }
}

/** A query whose last letter or digit is of a script without spaces names all of it, and needs no prefix. */
function endsUnspaced(text: string): boolean {
  return hasUnspaced(/[\p{L}\p{N}](?=[^\p{L}\p{N}]*$)/u.exec(text)?.[0] ?? '')
}

/** The condition on sentences; false for a search that holds nothing but punctuation. */
export function searchCondition(search: string): Condition {
  const queries = searchQueries(search)
  if (!queries) return { sql: 'false', values: [] }
  const { words, letters } = queries
  const within = (index: string): string => `sentence_id IN (SELECT rowid FROM ${index} WHERE ${index} MATCH ?)`
  return words === null
    ? { sql: within('sentence_letters'), values: [letters] }
    : { sql: `(${within('sentence_text')} OR ${within('sentence_letters')})`, values: [words, letters] }
}

/** Ids of the sentences of all corpora that a search finds, in their order; some at each step. */
export function* readHits(database: Database, search: string): Generator<void, number[]> {
  const queries = searchQueries(search)
  if (!queries) return []
  const hits = yield* readLetterHits(database, queries.letters)
  if (queries.words === null) return hits
  const words = database.column<number>(
    'SELECT rowid FROM sentence_text WHERE sentence_text MATCH ? ORDER BY rowid',
    queries.words,
  )
  return hits.length === 0 ? words : [...new Set([...words, ...hits])].sort((a, b) => a - b)
}

function* readLetterHits(database: Database, query: string): Generator<void, number[]> {
  const last = database.get<{ id: number | null }>('SELECT max(id) AS id FROM sentence_letters_docsize')?.id
  if (last === null || last === undefined) return []
  // a prefix is looked up as a whole for each part, so that parts would only cost more
  const length = query.includes('*') ? last : idsAtOnce
  const parts: number[][] = []
  for (let from = 0; from <= last; from += length + 1) {
    parts.push(
      database.column<number>(
        'SELECT rowid FROM sentence_letters WHERE sentence_letters MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid',
        ...[query, from, from + length],
      ),
    )
    yield
  }
  return parts.flat()
}
