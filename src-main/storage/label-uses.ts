/** Uses of a label, told by counts and indexes: a preview of renaming it reads no annotation but where items may become equal. */
import type { LabelKind } from '#main/labels/edit-labels'
import type { Database } from './database.ts'
import { idWindows } from './sentence-set.ts'

export interface LabelUses {
  /** Number of spans or relations. */
  readonly items: number
  readonly unanchored: number
  /** Number of sentences that hold any of them. */
  readonly sentences: number
}

const columnOf = { entity: ['span', 'label'], relation: ['relation', 'type'] } as const

export function countUses(database: Database, corpusId: number, kind: LabelKind, label: string): LabelUses {
  const counted = database.get<{ count: number | null; sentences: number | null }>(
    'SELECT sum(count) AS count, sum(sentences) AS sentences FROM label_count WHERE corpus_id = ? AND kind = ? AND label = ?',
    ...[corpusId, kind, label],
  )
  const unanchored =
    kind === 'entity'
      ? 0
      : (database.get<{ total: number }>(
          `SELECT count(*) AS total FROM unanchored CROSS JOIN sentence USING (sentence_id) WHERE type = ? AND corpus_id = ?`,
          ...[label, corpusId],
        )?.total ?? 0)
  return { items: (counted?.count ?? 0) - unanchored, unanchored, sentences: counted?.sentences ?? 0 }
}

/** Number of spans or relations of a label in these sentences. */
export function countItems(database: Database, kind: LabelKind, label: string, sentenceIds: readonly number[]): number {
  const [table, column] = columnOf[kind]
  return (
    database.get<{ total: number }>(
      `SELECT count(*) AS total FROM ${table} WHERE ${column} = ? AND sentence_id IN (SELECT value FROM json_each(?))`,
      ...[label, JSON.stringify(sentenceIds)],
    )?.total ?? 0
  )
}

/** Which of these sentences hold the label in spans, relations or unanchored triples. */
export function holdersAmong(
  database: Database,
  kind: LabelKind,
  label: string,
  sentenceIds: readonly number[],
): ReadonlySet<number> {
  const among = 'sentence_id IN (SELECT value FROM json_each(?))'
  const [table, column] = columnOf[kind]
  const tables = [[table, column], ...(kind === 'relation' ? [['unanchored', 'type']] : [])]
  return new Set(
    tables.flatMap(([name, own]) =>
      database.column<number>(
        `SELECT sentence_id FROM ${name} WHERE ${own} = ? AND ${among}`,
        ...[label, JSON.stringify(sentenceIds)],
      ),
    ),
  )
}

/** Ids of the first sentences that hold the label, refusals of it included, in ascending order. */
export function firstWith(
  database: Database,
  corpusId: number,
  kind: LabelKind,
  label: string,
  limit: number,
): number[] {
  const [table, column] = columnOf[kind]
  const tables = [[table, column], ...(kind === 'relation' ? [['unanchored', 'type']] : [])]
  const found = tables.flatMap(([name, own]) =>
    database.column<number>(
      `SELECT DISTINCT sentence_id FROM ${name} CROSS JOIN sentence USING (sentence_id)
       WHERE ${own} = ? AND corpus_id = ? ORDER BY sentence_id LIMIT ?`,
      ...[label, corpusId, limit],
    ),
  )
  return [...new Set([...found, ...refusalsOf(database, corpusId, kind, label)])]
    .toSorted((a, b) => a - b)
    .slice(0, limit)
}

/**
 * Ids of the sentences in which renaming a label may do more than change each span or relation of it: where two items of one place have
 * both labels or the same, and where the label was refused. What has neither is told by the index alone. Some are found at each step.
 */
export function* collisions(
  database: Database,
  corpusId: number,
  kind: LabelKind,
  from: string,
  to: string,
): Generator<void, number[]> {
  const [table, column] = columnOf[kind]
  const isSamePlace =
    kind === 'entity'
      ? 'other.start_token = item.start_token AND other.end_token = item.end_token'
      : 'other.subject = item.subject AND other.object = item.object'
  const found = new Set(refusalsOf(database, corpusId, kind, from))
  for (const [first, last] of idWindows(database)) {
    const idsOf = (label: string): number[] =>
      database.column<number>(
        `SELECT sentence_id FROM ${table} WHERE ${column} = ? AND sentence_id BETWEEN ? AND ? ORDER BY sentence_id`,
        ...[label, first, last],
      )
    const colliding = database.column<number>(
      `SELECT DISTINCT item.sentence_id FROM json_each(?) CROSS JOIN sentence ON sentence.sentence_id = value AND corpus_id = ?
         CROSS JOIN ${table} AS item ON item.sentence_id = value AND item.${column} = ?
         CROSS JOIN ${table} AS other ON other.sentence_id = value AND other.position <> item.position
           AND other.${column} IN (?, ?) AND ${isSamePlace}`,
      ...[JSON.stringify(doubled(idsOf(from), idsOf(to))), corpusId, from, from, to],
    )
    for (const sentenceId of colliding) found.add(sentenceId)
    yield
  }
  return [...found].toSorted((a, b) => a - b)
}

/** Ids that stand twice in the first list, or in both; the lists go up. */
function doubled(ids: readonly number[], others: readonly number[]): number[] {
  const among = new Set(others)
  return ids.filter((id, at) => ids[at - 1] !== id && (ids[at + 1] === id || among.has(id)))
}

/** Ids of the sentences in which the label may have been refused: a key ends with it, or holds it. */
function refusalsOf(database: Database, corpusId: number, kind: LabelKind, label: string): number[] {
  const [own, part] = kind === 'entity' ? ['span', `:${label}`] : ['relation', `|${label}|`]
  return database.column<number>(
    `SELECT DISTINCT sentence_id FROM rejection CROSS JOIN sentence USING (sentence_id)
     WHERE kind = ? AND instr(key, ?) > 0 AND corpus_id = ?`,
    ...[own, part, corpusId],
  )
}
