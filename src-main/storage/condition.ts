/** Condition: part of a WHERE clause with the values of its parameters. */
import type { SqlValue } from './database.ts'

export interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}
