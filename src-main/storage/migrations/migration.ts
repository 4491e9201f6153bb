/** Migration: one step of the database schema, from one released version to the next. */
import type { Database } from '../database.ts'

export interface Migration {
  /** "0001-initial": its number and what it is about; never changes once released. */
  readonly name: string
  readonly sql: string
  /** Computes what SQL alone cannot, after `sql` and in the same transaction. It may rely on the schema of this step only. */
  readonly fill?: (database: Database) => void
}
