/** RelationTable: relations ⇄ cells of the token-pair table, each span entered at its last or its first token. */
import { anchorOf, type Anchor } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'

export interface Cell {
  /** Token that stands for the subject's span. */
  readonly subject: number
  readonly type: string
  readonly object: number
}

/** The distinct cells of triples, in their order. Triples whose spans share anchors fall into one cell. */
export function encodeCells(triples: readonly Triple[], anchor: Anchor): Cell[] {
  const cells = triples.map(({ subject, type, object }) => ({
    subject: anchorOf(subject, anchor),
    type,
    object: anchorOf(object, anchor),
  }))
  return [...new Map(cells.map((cell) => [`${cell.subject}:${cell.object}:${cell.type}`, cell])).values()]
}

/** The triples of cells whose both tokens anchor a span; of spans with one anchor the first given stands for it. */
export function decodeCells(cells: readonly Cell[], spans: readonly TripleSpan[], anchor: Anchor): Triple[] {
  const byAnchor = new Map<number, TripleSpan>()
  for (const { start, end, label } of spans) {
    const token = anchorOf({ start, end }, anchor)
    if (!byAnchor.has(token)) byAnchor.set(token, { start, end, label })
  }
  return cells.flatMap(({ subject, type, object }) => {
    const s = byAnchor.get(subject)
    const o = byAnchor.get(object)
    return s && o ? [{ subject: s, type, object: o }] : []
  })
}
