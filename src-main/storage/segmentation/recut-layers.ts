/** Layers of a sentence, carried along when its words or its border to the next sentence change. */
import type { SentenceAnnotation } from '#main/document/annotated-doc'
import { carryToWords, divideItems, uniteItems } from '#main/document/carry-items'
import type { Database } from '../database.ts'
import { unmarked } from '../doc-rows.ts'
import { recutKept, type Cut, type CutRules, type Pair } from './recut.ts'

const rules: CutRules<SentenceAnnotation> = {
  carry: (value, from, to) => carryToWords(value, from, to).annotation,
  divide(value, border) {
    const [first, second] = divideItems(value, border)
    const { spans, relations, rejections, review } = second.annotation
    return [first.annotation, { ...unmarked, spans, relations, rejections, review }]
  },
  unite(first, next, border) {
    let ids = 0
    return {
      ...uniteItems(first, next, border, () => `joined ${++ids}`),
      unanchored: [...first.unanchored, ...next.unanchored],
      ambiguousAnchors: first.ambiguousAnchors + next.ambiguousAnchors,
      repeatedTriples: first.repeatedTriples + next.repeatedTriples,
      history: [...first.history, ...next.history],
    }
  },
  empty: unmarked,
}

interface LayerRow {
  readonly layer_id: number
  readonly position: number
  readonly annotation: string
  readonly package_id: string | null
}

/** @param ids the sentence, and the one behind the border where there is one. Both have rows already. */
export function recutLayers(
  database: Database,
  act: { readonly operationId: number; readonly cut: Cut; readonly isUndo: boolean },
  ids: Pair<number>,
): void {
  const isJoin = act.cut.kind === 'join'
  const leaving: Pair<number> = act.cut.kind === 'split' ? [ids[0], null] : ids
  const rows = leaving.map((id) => new Map(readRows(database, id).map((row) => [row.layer_id, row])))
  const layers = new Set(rows.flatMap((own) => [...own.keys()]))
  if (layers.size === 0) return
  for (const layerId of layers) {
    const own = rows.map((one) => one.get(layerId))
    const row = own[0] ?? own[1]
    const place = { layerId, position: own[0]?.position ?? rows[0]?.size ?? 0, packageId: row?.package_id ?? null }
    const valueOf = (row: LayerRow | undefined) => (row ? (JSON.parse(row.annotation) as SentenceAnnotation) : null) // written from one
    const pair: Pair<SentenceAnnotation> = [valueOf(own[0]), valueOf(own[1])]
    const key = { operationId: act.operationId, kind: 'layer', name: String(layerId) } as const
    const [first, next] = recutKept(database, key, { pair, ids, cut: act.cut, isUndo: act.isUndo }, rules)
    writeRow(database, ids[0], place, first)
    // the row of a sentence that is joined stays with it, out of sight
    if (!isJoin) writeRow(database, ids[1], place, next)
  }
}

function readRows(database: Database, sentenceId: number | null): LayerRow[] {
  return database.all<LayerRow>(
    'SELECT layer_id, position, annotation, package_id FROM layer_annotation WHERE sentence_id = ? ORDER BY position',
    sentenceId,
  )
}

interface LayerPlace {
  readonly layerId: number
  readonly position: number
  readonly packageId: string | null
}

function writeRow(
  database: Database,
  sentenceId: number | null,
  { layerId, position, packageId }: LayerPlace,
  value: SentenceAnnotation | null,
): void {
  if (sentenceId === null) return
  database.run('DELETE FROM layer_annotation WHERE sentence_id = ? AND layer_id = ?', sentenceId, layerId)
  if (value)
    database.run(
      'INSERT INTO layer_annotation (sentence_id, position, layer_id, annotation, package_id) VALUES (?, ?, ?, ?, ?)',
      ...[sentenceId, position, layerId, JSON.stringify(value), packageId],
    )
}
