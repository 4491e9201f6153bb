/** Inserts many rows with few statements: rows are kept until they are flushed, in the order in which they were added. */
import type { Database, SqlValue } from '../database.ts'

export interface ManyRows {
  add(...values: SqlValue[]): void
  flush(): void
}

/** Numbers of rows that one statement inserts, each prepared once. */
const rowsAtOnce = [64, 8, 1] as const

/** @param conflict what the statement does with a row that is there already; nothing to fail. */
export function createManyRows(database: Database, table: string, columns: string, conflict = ''): ManyRows {
  const width = columns.split(',').length
  const row = `(${Array.from({ length: width }, () => '?').join(',')})`
  const statements = rowsAtOnce.map((count) => ({
    count,
    sql: `INSERT INTO ${table} (${columns}) VALUES ${Array.from({ length: count }, () => row).join(',')} ${conflict}`,
  }))
  let waiting: SqlValue[] = []
  return {
    add: (...values) => void waiting.push(...values),
    flush() {
      let from = 0
      for (const { count, sql } of statements)
        for (; waiting.length - from >= count * width; from += count * width)
          database.run(sql, ...waiting.slice(from, from + count * width))
      waiting = []
    },
  }
}
