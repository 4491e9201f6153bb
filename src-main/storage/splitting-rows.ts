/** Splittings as rows: docs that were split alike share one. */
import type { SplittingCount } from '#main/document/corpus-summary'
import type { Split } from '#main/document/doc'
import { toSplitting, type Splitting } from '#main/text/splitting'
import type { Database } from './database.ts'
import { splitIndex } from './words.ts'

interface SplittingRow {
  readonly language: string
  readonly han: string
  readonly rules: number
}

/** Id of the row of a splitting, which is made when there is none; null for none. */
export function splittingIdOf(database: Database, splitting: Splitting | undefined): number | null {
  if (!splitting) return null
  const { language, han, rules } = splitting
  const known = database.get<{ splitting_id: number }>(
    'SELECT splitting_id FROM splitting WHERE language = ? AND han = ? AND rules = ?',
    ...[language, han, rules],
  )
  return (
    known?.splitting_id ??
    database.run('INSERT INTO splitting (language, han, rules) VALUES (?, ?, ?)', language, han, rules).lastId
  )
}

/** All splittings by their id. */
export function readSplittings(database: Database): ReadonlyMap<number, Splitting> {
  const rows = database.all<SplittingRow & { splitting_id: number }>('SELECT * FROM splitting')
  return new Map(rows.map((row) => [row.splitting_id, toSplitting(row)]))
}

/** The rules by which the docs of a split, or of all splits for null, were split, with their number of docs, the most first. */
export function countSplittings(database: Database, corpusId: number, split: Split | null): SplittingCount[] {
  const rows = database.all<Partial<SplittingRow> & { splitting_id: number | null; documents: number }>(
    `SELECT * FROM (
       SELECT splitting_id, count(*) AS documents FROM doc WHERE corpus_id = ? AND split BETWEEN ? AND ? GROUP BY splitting_id
     ) LEFT JOIN splitting USING (splitting_id) ORDER BY documents DESC`,
    ...(split === null ? [corpusId, 0, 2] : [corpusId, splitIndex(split), splitIndex(split)]),
  )
  return rows.map(({ language, han, rules, documents }) => ({
    splitting: language && han && rules ? toSplitting({ language, han, rules }) : null,
    documents,
  }))
}
