/** The words of a document, kept in step with those of its sentences. */
import { createOffsetTable } from '#main/text/code-points'
import type { Token } from '#main/document/doc'
import type { Database } from '../database.ts'
import { packTokens, unpackTokens } from '../words.ts'

/** Replaces the words of a sentence in its document. @param tokens offsets into the text of the sentence. */
export function rewriteDocWords(
  database: Database,
  docId: number,
  firstToken: number,
  before: readonly Token[],
  tokens: readonly Token[],
): void {
  const own = docTokens(database, docId)
  const start = own[firstToken]?.start ?? 0
  const placed = tokens.map((token) => ({ ...token, start: token.start + start, end: token.end + start }))
  const packed = packTokens(own.toSpliced(firstToken, before.length, ...placed))
  database.run('UPDATE doc SET tokens = ? WHERE doc_id = ?', packed, docId)
  database.run(
    'UPDATE sentence SET first_token = first_token + ? WHERE doc_id = ? AND first_token > ?',
    ...[tokens.length - before.length, docId, firstToken],
  )
}

/** The text of a document from one of its words to another. */
export function docText(database: Database, docId: number, firstToken: number, words: number): string {
  const tokens = docTokens(database, docId)
  const [first, last] = [tokens[firstToken], tokens[firstToken + words - 1]]
  const text = database.get<{ text: string }>('SELECT text FROM doc WHERE doc_id = ?', docId)?.text ?? ''
  return first && last ? createOffsetTable(text).slice(first.start, last.end) : ''
}

/** Code points from one word of a document to another. */
export function docOffset(database: Database, docId: number, from: number, to: number): number {
  const tokens = docTokens(database, docId)
  return (tokens[to]?.start ?? 0) - (tokens[from]?.start ?? 0)
}

function docTokens(database: Database, docId: number): Token[] {
  return unpackTokens(
    database.get<{ tokens: string }>('SELECT tokens FROM doc WHERE doc_id = ?', docId)?.tokens ?? '[]',
  )
}
