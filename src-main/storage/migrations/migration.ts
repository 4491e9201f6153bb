/** Migration: one step of the database schema, from one released version to the next. */

export interface Migration {
  /** "0001-initial": its number and what it is about; never changes once released. */
  readonly name: string
  readonly sql: string
}
