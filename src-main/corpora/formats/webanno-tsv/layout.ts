/** The layout of a TSV file: that of the file that a Doc was read from, else that of INCEpTION's basic annotation. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { TextRange } from '#main/text/range'
import { createOffsetTable } from '#main/text/code-points'
import { allMarksOf } from '../../shared/doc-marks.ts'
import { ownExtra } from '../../shared/item-extras.ts'
import { fromUnit } from '../../shared/offset-units.ts'
import { readLayers, rolesOf, type Roles, type TsvLayer } from './layers.ts'
import { marksOf } from './marks.ts'
import { readTable, type TsvRow } from './table.ts'
import { segmentKey } from './segments.ts'

export interface Block {
  readonly comments: readonly string[]
  readonly text: string
  /** Range of its words. */
  readonly words: TextRange
}

export interface Layout {
  readonly version: string
  readonly layers: readonly TsvLayer[]
  readonly roles: Roles
  readonly blocks: readonly Block[]
  /** Rows of the file that was read, by the part of a word that they are of. */
  readonly rows: ReadonlyMap<string, TsvRow>
  /** Cells of spans and relations that the file had, by their ids. */
  readonly features: ReadonlyMap<string, readonly string[]>
  /** The highest number that tells annotations apart. */
  readonly highest: number
}

export function sourceOf(doc: AnnotatedDoc): string | null {
  const { source } = ownExtra(doc, 'webannoTsv')
  return typeof source === 'string' ? source : null
}

export function layoutOf(doc: AnnotatedDoc): Layout {
  const source = sourceOf(doc)
  return source === null ? ownLayout(doc) : withLayersFor(doc, layoutOfSource(source))
}

const spanHead = '#T_SP=custom.Span|label'
const noRows = { rows: new Map<string, TsvRow>(), features: new Map<string, readonly string[]>(), highest: 0 }

function ownLayout(doc: AnnotatedDoc): Layout {
  const { spans, relations } = allMarksOf(doc)
  const head = [
    ...(doc.tokens.some(({ pos }) => pos !== undefined)
      ? ['#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue']
      : []),
    ...(spans.length > 0 ? [spanHead] : []),
    ...(relations.length > 0 ? ['#T_RL=custom.Relation|label|BT_custom.Span'] : []),
  ]
  const layers = readLayers(head.map((text, index) => ({ text, number: index + 2 })))
  const table = createOffsetTable(doc.text)
  const blocks = doc.sentences.flatMap(({ start, end }): Block[] => {
    const [first, last] = [doc.tokens[start], doc.tokens[end - 1]]
    return first && last && start < end
      ? [{ comments: [], text: table.slice(first.start, last.end), words: { start, end } }]
      : []
  })
  return { version: '3.3', layers, roles: rolesOf(layers), blocks, ...noRows }
}

/** A file without a layer for spans or relations gets one when the Doc has some by now. */
function withLayersFor(doc: AnnotatedDoc, layout: Layout): Layout {
  const { spans, relations } = allMarksOf(doc)
  const { roles } = layout
  const head = [
    ...(spans.length > 0 && !roles.entities ? [spanHead] : []),
    ...(relations.length > 0 && !roles.relations
      ? [`#T_RL=custom.Relation|label|BT_${roles.entities?.name ?? 'custom.Span'}`]
      : []),
  ]
  if (head.length === 0) return layout
  const columns = layout.layers.reduce((sum, layer) => sum + layer.columns.length, 0)
  const added = readLayers(head.map((text) => ({ text, number: 1 }))).map((layer) => ({
    ...layer,
    first: layer.first + columns,
  }))
  const entities = roles.entities ?? added.find(({ kind }) => kind === 'span') ?? null
  const relationLayer = roles.relations ?? added.find(({ kind }) => kind === 'relation') ?? null
  return { ...layout, layers: [...layout.layers, ...added], roles: { ...roles, entities, relations: relationLayer } }
}

function layoutOfSource(source: string): Layout {
  const table = readTable(source)
  const roles = rolesOf(table.layers)
  const toCodePoints = fromUnit(table.text, 'UTF-16 units')
  const { features } = marksOf(table, roles, toCodePoints, { origin: 'import', author: '' })
  const rows = new Map<string, TsvRow>()
  let words = 0
  const blocks = table.sentences.map(({ comments, text, rows: own }): Block => {
    const start = words
    for (const row of own) {
      if (!row.address.includes('.')) words++
      rows.set(
        segmentKey({ token: words - 1, start: toCodePoints(row.start) ?? 0, end: toCodePoints(row.end) ?? 0 }),
        row,
      )
    }
    return { comments, text, words: { start, end: words } }
  })
  const numbers = Array.from(source.matchAll(/\[(\d{1,9})\]/g), ([, number]) => Number(number))
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0)
  return { version: table.version, layers: table.layers, roles, blocks, rows, features, highest }
}
