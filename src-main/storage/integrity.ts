/** Integrity of the database: "ok", or the damage that SQLite found. */
import type { Database } from './database.ts'

export function integrityOf(database: Database): string {
  const rows = database.all<{ quick_check: string }>('PRAGMA quick_check')
  const broken = database.all('PRAGMA foreign_key_check').length
  const problems = rows.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok')
  if (broken > 0) problems.push(`${broken} rows refer to rows that do not exist`)
  return problems.length === 0 ? 'ok' : problems.join('; ')
}
