/**
 * Walks a list in the order of an index, some rows at each step: pages begin behind the place where the last one ended, so that no
 * page costs more than another, and nothing is held in memory but the page.
 */
import type { RowMarks, RowPlace } from '#main/document/extracted-row'
import type { Condition } from '../condition.ts'
import type { Database } from '../database.ts'

/** A part of a list whose rows lie together in an index; parts follow each other. */
export interface Part extends Condition {
  /** Tells it from the others in a place. */
  readonly name: string
  /** True for a short list of ids, which is sorted whole. */
  readonly isShort?: boolean
}

/** A list: rows of a table that pass a test, by the value of one column and their ids. */
export interface Walk {
  readonly table: string
  readonly id: string
  /** The column by which the list is sorted; the id itself for the order of the documents. */
  readonly key: string
  readonly isDescending: boolean
  /** The column by which rows of equal keys are sorted, upwards where the keys fall; their ids where it is left out. */
  readonly tie?: Tie
  readonly parts: readonly Part[]
  /** Condition on rows beyond their part; null where all of the part pass. */
  readonly passes: Condition | null
  /** Columns for `test`, and a test that SQL cannot make. */
  readonly columns?: readonly string[]
  readonly test?: (values: readonly number[]) => boolean
}

/** Rows that one step finds in an index, or looks up to test them. */
const rowsAtOnce = 4000
const testedAtOnce = 1000

interface Tie {
  readonly column: string
  /** A query for its value in the row with this id. */
  readonly valueOf: string
}

type Found = readonly [id: number, key: string | number, passes: number, ...values: number[]]

/** The places of rows that pass, behind `after`, until `limit` are found or the list ends. */
export function* walk(
  database: Database,
  list: Walk,
  after: RowPlace | null,
  limit: number,
): Generator<void, RowPlace[]> {
  const places: RowPlace[] = []
  const first = after === null ? 0 : list.parts.findIndex(({ name }) => name === after.part)
  for (const part of list.parts.slice(Math.max(0, first))) {
    let from = part.name === after?.part ? after : null
    for (;;) {
      const asked = part.isShort ? -1 : testedAtOnce
      const found = readPart(database, list, part, from, isPlain(list) ? Math.min(limit, rowsAtOnce) : asked)
      for (const [id, key, passes, ...values] of found) {
        from = { part: part.name, key, id }
        if (passes && (list.test?.(values) ?? true)) places.push(from)
        if (places.length === limit) return places
      }
      yield
      if (part.isShort || found.length === 0) break
    }
  }
  return places
}

/** Walks `most` rows behind a place, a multiple of the rows of a page, and keeps where each page ends. */
export function* markPages(
  database: Database,
  list: Walk,
  rowsPerPage: number,
  { after, most }: { readonly after: RowPlace | null; readonly most: number },
): Generator<void, RowMarks> {
  const places: RowPlace[] = []
  let count = 0
  let last = after
  while (count < most) {
    const asked = Math.min(rowsAtOnce, most - count)
    const found: RowPlace[] = yield* walk(database, list, last, asked)
    for (const place of found) if (++count % rowsPerPage === 0) places.push(place)
    last = found.at(-1) ?? last
    yield
    if (found.length < asked) return { count, places, next: null }
  }
  return { count, places, next: last }
}

const isPlain = ({ passes, test }: Walk): boolean => passes === null && test === undefined

/** Rows behind a place: those with its key first, since SQLite would go through all of them to find where they go on. */
function readPart(database: Database, list: Walk, part: Part, from: RowPlace | null, limit: number): Found[] {
  const { id, key, isDescending, tie } = list
  const sign = isDescending ? '<' : '>'
  if (!from) return readRows(database, list, part, null, limit)
  if (key === id) return readRows(database, list, part, { sql: `${id} ${sign} ?`, values: [from.id] }, limit)
  const next = tie ? `${tie.column} ${isDescending ? '>' : '<'} (${tie.valueOf})` : `${id} ${sign} ?`
  const equal = { sql: `${key} = ? AND ${next}`, values: [from.key, from.id] }
  const found = readRows(database, list, part, equal, limit)
  if (limit >= 0 && found.length >= limit) return found
  const behind = { sql: `${key} ${sign} ?`, values: [from.key] }
  return [...found, ...readRows(database, list, part, behind, limit < 0 ? limit : limit - found.length)]
}

function readRows(database: Database, list: Walk, part: Part, behind: Condition | null, limit: number): Found[] {
  const { table, id, key, isDescending, tie, passes, columns = [] } = list
  const [direction, opposite] = isDescending ? ['DESC', 'ASC'] : ['ASC', 'DESC']
  const second = tie ? `${tie.column} ${opposite}` : `${id} ${direction}`
  const order = key === id ? `${id} ${direction}` : `${key} ${direction}, ${second}`
  const selected = [id, key, passes ? `(${passes.sql})` : '1', ...columns].join(', ')
  return database.rawRows<Found>(
    `SELECT ${selected} FROM ${table} WHERE ${part.sql} ${behind ? `AND ${behind.sql}` : ''} ORDER BY ${order} LIMIT ?`,
    ...[...(passes?.values ?? []), ...part.values, ...(behind?.values ?? []), limit],
  )
}
