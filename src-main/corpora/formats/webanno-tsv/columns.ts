/** The cells of the entity and the relation layer, row by row, as the marks of a Doc are now. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { untypedEntity } from '#main/labels/label-set'
import { allMarksOf, type DocMarks } from '../../shared/doc-marks.ts'
import { escapeValue, readCell } from './cells.ts'
import type { Layout } from './layout.ts'
import { shortName, typeColumn, type TsvLayer } from './layers.ts'
import { layOut, segmentKey, type Segment, type SpanRows } from './segments.ts'

export interface MarkColumns {
  /** The cells of both layers on each row that has any, by the key of its segment and the name of the layer. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<TsvLayer, readonly string[]>>
  /** The rows that hold any. */
  readonly segments: readonly Segment[]
}

/** `addressOf` gives the address of a row, which relations name. */
export function markColumns(
  doc: AnnotatedDoc,
  layout: Layout,
): (addressOf: (segment: Segment) => string) => MarkColumns['cells'] {
  const marks = allMarksOf(doc)
  const spanRows = layOut(marks.spans, doc.tokens, layout.highest)
  return (addressOf) => {
    const lists = new Map<string, Map<TsvLayer, string[][]>>()
    const add = (segment: Segment, layer: TsvLayer, cells: string[]): void => {
      const row = lists.get(segmentKey(segment)) ?? new Map<TsvLayer, string[][]>()
      lists.set(segmentKey(segment), row)
      row.set(layer, [...(row.get(layer) ?? []), cells])
    }
    const { entities, relations } = layout.roles
    if (entities)
      spanRows.forEach(({ segments, number }, at) => {
        const cells = spanCells(marks, at, entities, layout).map((cell) => (number > 0 ? `${cell}[${number}]` : cell))
        for (const segment of segments) add(segment, entities, cells)
      })
    if (relations)
      for (const [at, { subject, object }] of marks.relations.entries()) {
        const source = referenceTo(spanRows[subject], spanRows[object], addressOf)
        const segment = spanRows[object]?.segments[0]
        if (source !== null && segment) add(segment, relations, relationCells(marks, at, relations, layout, source))
      }
    return new Map(
      Array.from(lists, ([key, row]) => [
        key,
        new Map(
          Array.from(row, ([layer, stacked]) => [
            layer,
            layer.columns.map((_, at) => stacked.map((cells) => cells[at] ?? '_').join('|')),
          ]),
        ),
      ]),
    )
  }
}

/** The rows that spans stand on. */
export function markedSegments(doc: AnnotatedDoc, layout: Layout): Segment[] {
  return layOut(allMarksOf(doc).spans, doc.tokens, layout.highest).flatMap(({ segments }) => segments)
}

/** "1-1[1_2]": the first row of the source, and the numbers of source and target where one has any. */
function referenceTo(
  source: SpanRows | undefined,
  target: SpanRows | undefined,
  addressOf: (segment: Segment) => string,
): string | null {
  const first = source?.segments[0]
  if (!source || !target || !first) return null
  const numbers = source.number > 0 || target.number > 0 ? `[${source.number}_${target.number}]` : ''
  return `${addressOf(first)}${numbers}`
}

function spanCells({ spans }: DocMarks, at: number, layer: TsvLayer, { features }: Layout): string[] {
  const { id = '', label = '' } = spans[at]?.span ?? {}
  const known = features.get(id)
  const column = typeColumn(layer)
  return layer.columns.map((name, index) => {
    const isSlot = name.startsWith('ROLE_') || layer.columns[index - 1]?.startsWith('ROLE_') === true
    const stated = known?.[index] ?? (isSlot ? '_' : '*')
    return index === column ? typeCell(stated, label, untypedEntity) : stated
  })
}

function relationCells(
  { relations }: DocMarks,
  at: number,
  layer: TsvLayer,
  { features }: Layout,
  source: string,
): string[] {
  const { id = '', type = '' } = relations[at]?.relation ?? {}
  const known = features.get(id)
  const column = typeColumn(layer)
  return layer.columns.map((name, index) => {
    if (name.startsWith('BT_')) return source
    const stated = known?.[index] ?? '*'
    return index === column ? typeCell(stated, type, shortName(layer)) : stated
  })
}

/** The cell as it stood while it still says the type; an annotation without a value has the type `without`. */
function typeCell(stated: string, type: string, without: string): string {
  const value = readCell(stated)[0]?.value ?? null
  if (stated !== '_' && (value ?? without) === type && !(value === null && stated !== '*')) return stated
  return escapeValue(type)
}
