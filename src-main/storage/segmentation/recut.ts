/**
 * Recut: a value that somebody says of a sentence, before and after its words, or its border to the next sentence, change. What was said
 * before is kept until the act is taken back, and comes back as it was unless it was changed since.
 */
import type { Border } from '#main/document/carry-items'
import type { WordPlaces } from '#main/document/char-bounds'
import type { Database } from '../database.ts'

/** The same act for whatever is said of the sentence. */
export type Cut =
  | { readonly kind: 'words'; readonly from: WordPlaces; readonly to: WordPlaces }
  | { readonly kind: 'split' | 'join'; readonly border: Border }

/** Values of a sentence and of the one behind the border; null for a sentence that is not there. */
export type Pair<Value> = readonly [Value | null, Value | null]

/** CutRules: how one kind of value is carried along. */
export interface CutRules<Value> {
  readonly carry: (value: Value, from: WordPlaces, to: WordPlaces) => Value
  readonly divide: (value: Value, border: Border) => readonly [Value, Value]
  readonly unite: (first: Value, next: Value, border: Border) => Value
  /** What is said of a sentence of which nothing is said. */
  readonly empty: Value
}

export function recut<Value>([first, next]: Pair<Value>, cut: Cut, rules: CutRules<Value>): Pair<Value> {
  if (cut.kind === 'words') return [first && rules.carry(first, cut.from, cut.to), null]
  if (cut.kind === 'split') return first ? rules.divide(first, cut.border) : [null, null]
  return first || next ? [rules.unite(first ?? rules.empty, next ?? rules.empty, cut.border), null] : [null, null]
}

export function invertCut(cut: Cut): Cut {
  if (cut.kind === 'words') return { kind: 'words', from: cut.to, to: cut.from }
  return { kind: cut.kind === 'split' ? 'join' : 'split', border: cut.border }
}

/** AsideKey: the act, and who says what is set aside. */
interface AsideKey {
  /** The first-hand act. */
  readonly operationId: number
  readonly kind: 'layer' | 'system'
  readonly name: string
}

/**
 * The values after the act. An act that is done keeps those of before; one that is taken back gets them, where the values are still what
 * the act made of them.
 */
export function recutKept<Value>(
  database: Database,
  { operationId, kind, name }: AsideKey,
  {
    pair,
    ids,
    cut,
    isUndo,
  }: { readonly pair: Pair<Value>; readonly ids: Pair<number>; readonly cut: Cut; readonly isUndo: boolean },
  rules: CutRules<Value>,
): Pair<Value> {
  const place = [operationId, kind, name]
  const after = recut(pair, cut, rules)
  if (!isUndo) {
    pair.forEach((value, at) => {
      const id = ids[at]
      if (value !== null && id !== null && id !== undefined)
        database.run(
          'INSERT OR REPLACE INTO set_aside (operation_id, kind, name, is_after, sentence_id, value) VALUES (?, ?, ?, 0, ?, ?)',
          ...[...place, id, JSON.stringify(value)],
        )
    })
    return after
  }
  const kept = ids.map((id) => {
    const row = database.get<{ value: string }>(
      'SELECT value FROM set_aside WHERE operation_id = ? AND kind = ? AND name = ? AND is_after = 0 AND sentence_id = ?',
      ...[...place, id],
    )
    return row ? (JSON.parse(row.value) as Value) : null // written above
  })
  const former: Pair<Value> = [kept[0] ?? null, kept[1] ?? null]
  const made = recut(former, invertCut(cut), rules)
  const isSame = pair.every((value, at) => JSON.stringify(value) === JSON.stringify(made[at]))
  return isSame ? former : after
}
