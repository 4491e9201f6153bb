/**
 * Compares sentences with their documents. Texts and words are stored with both, so that damage of either shows, which SQLite itself does not
 * notice: to it one letter is as good as another.
 */
import type { Finding } from '#main/core/finding'
import { countOf } from '#main/text/numbers'
import type { Database } from '../database.ts'
import { unpackTokens } from '../words.ts'

interface DocRow {
  readonly doc_id: number
  readonly text: string
  /** As `packTokens` writes them. */
  readonly tokens: string
}

interface SentenceRow {
  readonly doc_id: number
  readonly name: string
  readonly position: number
  readonly first_token: number
  readonly text: string
  /** As those of the document, into this text. */
  readonly tokens: string
}

/** Number of documents that are read at a time. */
const pageLength = 200

export function checkTexts(database: Database, advice: string): readonly Finding[] {
  const wrong = new Map<string, { count: number; first: number }>()
  for (const { name, position } of differing(database)) {
    const known = wrong.get(name)
    wrong.set(name, { count: (known?.count ?? 0) + 1, first: Math.min(known?.first ?? Infinity, position) })
  }
  return Array.from(wrong, ([name, { count, first }]) => ({
    what: `The text or the words of ${countOf(count, 'sentence')} of ${name} are not those of the document, the first at position ${first}.`,
    advice,
  }))
}

function* differing(database: Database): Generator<SentenceRow, void> {
  for (let last = 0; ;) {
    const docs = database.all<DocRow>(
      `SELECT doc_id, text, tokens FROM doc WHERE doc_id > ? ORDER BY doc_id LIMIT ${pageLength}`,
      last,
    )
    const end = docs.at(-1)?.doc_id
    if (end === undefined) return
    const sentences = database.all<SentenceRow>(
      `SELECT doc_id, name, position, first_token, text, tokens FROM sentence JOIN corpus USING (corpus_id)
       WHERE doc_id > ? AND doc_id <= ? AND is_staging = 0`,
      ...[last, end],
    )
    last = end
    const byDoc = Map.groupBy(sentences, ({ doc_id }) => doc_id)
    for (const doc of docs) yield* differingIn(doc, byDoc.get(doc.doc_id) ?? [])
  }
}

function* differingIn(doc: DocRow, sentences: readonly SentenceRow[]): Generator<SentenceRow, void> {
  const [tokens, letters] = [numbersIn(doc.tokens), [...doc.text]]
  for (const sentence of sentences) {
    const own = numbersIn(sentence.tokens)
    const from = tokens?.[2 * sentence.first_token]
    const isSame =
      own !== null &&
      from !== undefined &&
      own.every((offset, at) => offset + from === tokens?.[2 * sentence.first_token + at]) &&
      letters.slice(from, from + (own.at(-1) ?? 0)).join('') === sentence.text
    if (!isSame) yield sentence
  }
}

/** Offsets in the order in which they are stored; null where the text is no tokens. */
function numbersIn(packed: string): readonly number[] | null {
  try {
    return unpackTokens(packed).flatMap(({ start, end }) => [start, end])
  } catch {
    return null
  }
}
