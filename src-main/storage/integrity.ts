/** Integrity of the database, as a quick check of SQLite tells it. */
import type { Finding } from '#main/core/finding'
import { quickChecks } from './check/check-database.ts'
import type { Database } from './database.ts'

/** Damage that a quick check finds; what cannot even be looked through is a finding itself. */
export function quickFindings(database: Database): readonly Finding[] {
  return quickChecks.flatMap(({ run }) => run(database))
}

/** "ok", or the damage in sentences. */
export function integrityOf(database: Database): string {
  const found = quickFindings(database).map(({ what }) => what)
  return found.length === 0 ? 'ok' : found.join(' ')
}
