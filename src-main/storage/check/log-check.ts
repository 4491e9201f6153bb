/**
 * Compares annotations with the log of acts: what the last act on a span, relation, rejection or review left has to be what is there. Every
 * act holds the values before and after, so that the log tells both the difference and how to mend it.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Annotation } from '#main/document/annotation'
import type { Change, LoggedChange } from '#main/document/operation'
import { isSegmentation } from '#main/document/segmentation'
import { readAnnotations } from '../annotation-rows.ts'
import type { Database } from '../database.ts'
import { byIds } from '../sentence-set.ts'

export interface LogDifference {
  readonly sentenceId: number
  /** Changes from what is there to what the log says. */
  readonly changes: readonly Change[]
}

interface ActRow {
  readonly sentence_id: number
  readonly changes: string
}

/** Number of sentences that are compared at a time. */
const pageLength = 500

/**
 * Differences, sentence by sentence. Histories that came with a file are left out: they end where the file begins. So are sentences that were
 * split off or joined, whose annotation the act on the sentence before them holds.
 */
export function* logDifferences(database: Database): Generator<LogDifference, void> {
  const splitOff = new Set(
    database.column<number>(
      `SELECT coalesce(value ->> '$.after.sentenceId', value ->> '$.before.sentenceId')
       FROM operation, json_each(operation.changes)
       WHERE changes LIKE '%"kind":"sentence"%' AND value ->> '$.kind' = 'sentence'`,
    ),
  )
  for (let last = 0; ;) {
    const ids = database.column<number>(
      `SELECT DISTINCT sentence_id FROM operation WHERE sentence_id > ? AND is_imported = 0
         AND corpus_id NOT IN (SELECT corpus_id FROM corpus WHERE is_staging = 1) ORDER BY sentence_id LIMIT ?`,
      ...[last, pageLength],
    )
    if (ids.length === 0) return
    last = ids.at(-1) ?? last
    const acts = database.all<ActRow>(
      `SELECT sentence_id, changes FROM operation WHERE sentence_id ${byIds(ids).sql} AND is_imported = 0 ORDER BY operation_id`,
      ...byIds(ids).values,
    )
    const annotations = readAnnotations(database, byIds(ids))
    for (const [sentenceId, own] of Map.groupBy(acts, (act) => act.sentence_id)) {
      const annotation = splitOff.has(sentenceId) ? undefined : annotations.get(sentenceId)
      const changes = annotation ? differencesOf(annotation, own) : []
      if (changes.length > 0) yield { sentenceId, changes }
    }
  }
}

/** Relations come before spans where they go, and after them where they come, so that none is without its spans in between. */
function differencesOf(annotation: Annotation, acts: readonly ActRow[]): readonly Change[] {
  const latest = new Map<string, Change>()
  for (const { changes } of acts)
    // written by insertOperation alone
    for (const change of JSON.parse(changes) as LoggedChange[])
      if (!isSegmentation(change)) latest.set(keyOf(change), change)
  const wrong = [...latest.values()].flatMap((change): Change[] => {
    const before = presentOf(annotation, change)
    return isDeepStrictEqual(plain(before), plain(change.after)) ? [] : [{ ...change, before } as Change] // of the same kind
  })
  const isGoing = ({ kind, after }: Change): boolean => kind === 'relation' && after === null
  const rank = (change: Change): number => (isGoing(change) ? 0 : change.kind === 'relation' ? 2 : 1)
  return wrong.toSorted((one, other) => rank(one) - rank(other))
}

const keyOf = ({ kind, before, after }: Change): string =>
  kind === 'review' ? kind : `${kind} ${(before ?? after)?.id ?? ''}`

function presentOf({ spans, relations, rejections, review }: Annotation, change: Change): Change['before'] {
  if (change.kind === 'review') return review
  const id = (change.before ?? change.after)?.id
  const items = { span: spans, relation: relations, rejection: rejections }[change.kind]
  return items.find((item) => item.id === id) ?? null
}

/** The value without keys that are undefined, as the log holds it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
