/** Spans and relations from the columns of their layers: rows with the same number are one span, relations name the row of their source. */
import type { AnnotatedRelation, Provenance } from '#main/document/annotation'
import type { ToCodePoints } from '../../shared/offset-units.ts'
import type { Mark, Marks } from '../../shared/marks.ts'
import { untypedEntity } from '#main/labels/label-set'
import { readCell, splitAt } from './cells.ts'
import { shortName, typeColumn, type Roles, type TsvLayer } from './layers.ts'
import type { TsvRow, TsvTable } from './table.ts'

export interface TsvMarks extends Marks {
  /** The cells of each span and relation, by id: what its layer says beside the type. */
  readonly features: ReadonlyMap<string, readonly string[]>
  readonly faults: readonly { readonly line: number; readonly message: string }[]
}

export function marksOf(
  table: TsvTable,
  { entities, relations }: Roles,
  toCodePoints: ToCodePoints,
  provenance: Provenance,
): TsvMarks {
  const rows = table.sentences.flatMap((sentence) => sentence.rows)
  const features = new Map<string, readonly string[]>()
  const faults: { line: number; message: string }[] = []
  const drafts = new Map<string, { start: number; end: number; label: string }>()
  for (const row of entities ? rows : [])
    for (const { id, label, cells } of spansOn(row, entities)) {
      const draft = drafts.get(id)
      drafts.set(id, {
        start: Math.min(draft?.start ?? row.start, row.start),
        end: Math.max(draft?.end ?? row.end, row.end),
        label: draft?.label ?? label,
      })
      if (!draft) features.set(id, cells)
    }
  const spans = Array.from(drafts, ([id, { start, end, label }]): Mark => {
    const [from, to] = [toCodePoints(start), toCodePoints(end)]
    return { id, start: from ?? 0, end: to ?? from ?? 0, label, provenance }
  })
  const found: AnnotatedRelation[] = []
  const known = new Set(drafts.keys())
  for (const row of relations ? rows : [])
    for (const arrow of arrowsOn(row, relations)) {
      const missing = [arrow.subject, arrow.object].find((id) => !known.has(id))
      if (missing !== undefined) {
        faults.push({
          line: row.line,
          message: `its relation "${arrow.type}" joins ${missing}, where no annotation is`,
        })
        continue
      }
      found.push({ id: arrow.id, subject: arrow.subject, object: arrow.object, type: arrow.type, provenance })
      features.set(arrow.id, arrow.cells)
    }
  return { spans, relations: found, features, faults }
}

interface SpanOnRow {
  readonly id: string
  readonly label: string
  readonly cells: readonly string[]
}

/** The annotations of a layer on a row. One without a number is the only one of its row. */
function spansOn(row: TsvRow, layer: TsvLayer | null): SpanOnRow[] {
  if (!layer) return []
  const cells = layer.columns.map((_, index) => row.cells[layer.first + index] ?? '_')
  const parts = cells.map((cell) => splitAt(cell, '|'))
  const values = cells.map(readCell)
  const stacked = Math.max(...values.map((own) => own.length))
  const column = typeColumn(layer)
  return Array.from({ length: stacked }, (_, at) => at).flatMap((at) => {
    if (!values.some((own) => own[at]?.isThere)) return []
    const id = Math.max(...values.map((own) => own[at]?.id ?? 0))
    return [
      {
        id: spanId(row.address, id),
        label: values[column]?.[at]?.value ?? untypedEntity,
        cells: parts.map((own) => (own[at] ?? '_').replace(/\[\d+\]$/, '')),
      },
    ]
  })
}

/** A number joins the rows of one annotation in the whole file. */
function spanId(address: string, id: number): string {
  return id > 0 ? `#${id}` : address
}

interface ArrowOnRow {
  readonly id: string
  readonly subject: string
  readonly object: string
  readonly type: string
  readonly cells: readonly string[]
}

/** The relations that end at a row: their columns go in step, and the last names the row of the source, `1-1[1_2]`. */
function arrowsOn(row: TsvRow, layer: TsvLayer | null): ArrowOnRow[] {
  if (!layer) return []
  const cells = layer.columns.map((_, index) => row.cells[layer.first + index] ?? '_')
  const parts = cells.map((cell) => splitAt(cell, '|'))
  const sources = parts[layer.columns.findIndex((column) => column.startsWith('BT_'))] ?? []
  const column = typeColumn(layer)
  return sources.flatMap((source, at) => {
    const [, address, from = '0', to = '0'] = /^(\d+-\d+(?:\.\d+)?)(?:\[(\d+)_(\d+)\])?$/.exec(source) ?? []
    if (address === undefined) return []
    const [value] = readCell(parts[column]?.[at] ?? '*')
    return [
      {
        id: `${row.address}/${at + 1}`,
        subject: spanId(address, Number(from)),
        object: spanId(row.address, Number(to)),
        type: value?.value ?? shortName(layer),
        cells: parts.map((own) => own[at] ?? '_'),
      },
    ]
  })
}
